namespace XenMigrate.Tests;

/// <summary>Another host, of which some answers come otherwise.</summary>
internal sealed class GarblingShell(IHostShell host, Func<RemoteCommand, CommandResult, CommandResult> garble) : IHostShell
{
    private readonly List<(RemoteCommand Command, CommandResult Result)> _answers = [];

    public HostEndpoint Endpoint => host.Endpoint;

    public bool IsConnected => host.IsConnected;

    /// <summary>What was asked, and what came of it before it was garbled.</summary>
    public IReadOnlyList<(RemoteCommand Command, CommandResult Result)> Answers
    {
        get
        {
            lock (_answers)
            {
                return [.. _answers];
            }
        }
    }

    public async Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken) =>
        Garble(command, await host.RunAsync(command, timeout, lines, cancellationToken));

    public async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken) =>
        (await RunRowAsync([.. batches.SelectMany(batch => batch)], timeout, cancellationToken)).InBatches(batches);

    public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    private async Task<IReadOnlyList<CommandResult>> RunRowAsync(
        IReadOnlyList<RemoteCommand> commands, TimeSpan timeout, CancellationToken cancellationToken) =>
    [
        .. (await host.RunAllAsync(commands, timeout, cancellationToken)).Zip(commands, (result, command) => Garble(command, result)),
    ];

    public void Dispose() => host.Dispose();

    private CommandResult Garble(RemoteCommand command, CommandResult result)
    {
        lock (_answers)
        {
            _answers.Add((command, result));
        }

        return garble(command, result);
    }
}
