namespace XenMigrate.Embedded.Pair;

/// <summary>A session on an embedded host. Words go to a table of programs; there is no shell in between.</summary>
internal sealed class EmbeddedShell(EmbeddedHost host, string journalFolder) : IHostShell
{
    private readonly CancellationTokenSource _closed = new();

    public HostEndpoint Endpoint { get; } = new(host.Profile.Name, host.Profile.Address.ToString(), 22, "root", null, null)
    {
        JournalFolder = journalFolder,
    };

    public bool IsConnected => host.Machine.IsOn && !_closed.IsCancellationRequested;

    public Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken) =>
        WithinAsync(command, timeout, token => StartAsync(command, lines, token), cancellationToken);

    public async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken)
    {
        RemoteCommand[] commands = [.. batches.SelectMany(batch => batch)];
        IReadOnlyList<CommandResult> results = commands.Length == 0
            ? []
            : await WithinAsync(commands[0], timeout, token => StartAllAsync(commands, token), cancellationToken).ConfigureAwait(false);
        return results.InBatches(batches);
    }

    public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) => throw new NotSupportedByToolstackException(
        Endpoint.ComputerName, "no file can be put there from here.", "Give a host that is reached by SSH.");

    public void Dispose() => _closed.Cancel();

    private async Task<IReadOnlyList<CommandResult>> StartAllAsync(
        IReadOnlyList<RemoteCommand> commands, CancellationToken cancellationToken)
    {
        List<CommandResult> results = [];
        foreach (RemoteCommand command in commands)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(await StartAsync(command, null, cancellationToken).ConfigureAwait(false));
        }

        return results;
    }

    private Task<CommandResult> StartAsync(
        RemoteCommand command, IProgress<OutputLine>? lines, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            CommandOutput output = new(lines);
            Invocation call = new([], new Dictionary<string, string>(), output, cancellationToken);
            return output.End(await host.Programs.RunAsync(call.Of(command)).ConfigureAwait(false));
        },
        CancellationToken.None);

    /// <summary>
    /// Waits for a program's end, for its end after it was told to end, or for the end of the connection, which no
    /// program can keep back.
    /// </summary>
    private async Task<T> WithinAsync<T>(
        RemoteCommand command, TimeSpan timeout, Func<CancellationToken, Task<T>> start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CancellationToken lost = host.ConnectionLost;
        if (_closed.IsCancellationRequested)
        {
            throw new HostNotConnectedException(host.Profile.Name);
        }

        if (!IsConnected)
        {
            throw Disconnected();
        }

        using CancellationTokenSource timer = new();
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            timer.CancelAfter(timeout);
        }

        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration onLost = lost.Register(() => gone.TrySetResult());
        using CancellationTokenRegistration onClosed = _closed.Token.Register(() => gone.TrySetResult());
        Task<T> run = start(ended.Token);
        host.Keep(run);

        _ = await Task.WhenAny(run, gone.Task).ConfigureAwait(false);
        // Of both at once the connection's end counts: nobody would have heard how the command ended.
        if (gone.Task.IsCompleted)
        {
            throw Disconnected();
        }

        try
        {
            T result = await run.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return timer.IsCancellationRequested ? throw new HostTimeoutException(host.Profile.Name, command, timeout) : result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && timer.IsCancellationRequested)
        {
            throw new HostTimeoutException(host.Profile.Name, command, timeout);
        }
    }

    private HostDisconnectedException Disconnected() =>
        new(host.Profile.Name, host.Machine.IsOn ? "the session was ended" : "the host is powered off");
}
