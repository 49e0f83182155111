namespace XenMigrate.Embedded.Tests.Chaos;

/// <summary>
/// A session of a client that may be killed: from then on nothing that it waits for ever comes, so not even its cleanup
/// runs. What it started on the host goes on, or ends with the connection, as the host has it.
/// </summary>
internal sealed class MortalShell(IHostShell inner, Task death) : IHostShell
{
    public HostEndpoint Endpoint => inner.Endpoint;

    public bool IsConnected => inner.IsConnected;

    public Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken) =>
        WhileAliveAsync(() => inner.RunAsync(command, timeout, lines, cancellationToken));

    public Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken) =>
        WhileAliveAsync(() => inner.RunAtOnceAsync(batches, timeout, cancellationToken));

    public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) => inner.UploadAsync(content, path, cancellationToken);

    public void Dispose() => inner.Dispose();

    private async Task<T> WhileAliveAsync<T>(Func<Task<T>> start)
    {
        if (!death.IsCompleted)
        {
            Task<T> run = start();
            if (await Task.WhenAny(run, death) == run && !death.IsCompleted)
            {
                return await run;
            }

            _ = run.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return await new TaskCompletionSource<T>().Task;
    }
}
