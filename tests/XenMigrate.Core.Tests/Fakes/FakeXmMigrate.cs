namespace XenMigrate.Tests;

/// <summary>A source whose xm migrates as a test tells it to, line after line.</summary>
internal sealed class FakeXmMigrate
{
    private readonly TaskCompletionSource<CommandResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IProgress<OutputLine>> _log = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IProgress<OutputLine>? _lines;

    public FakeXmMigrate(bool live = true, PreCopyOptions? preCopy = null)
    {
        Shell = new FakeShell("a")
            .Does("env*", MigrateAsync)
            .Does("xm migrate*", MigrateAsync)
            .Does("tail -n 0 -F /var/log/xen/xend.log", async (_, lines, cancellationToken) =>
            {
                _log.TrySetResult(lines!);
                await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, cancellationToken);
                return new CommandResult(0, "", "");
            })
            .Does("pkill*", (_, _, _) =>
            {
                Ends(1, "Error: /usr/lib64/xen/bin/xc_save 22 5 0 0 1 failed");
                return Task.FromResult(new CommandResult(0, "", ""));
            });
        Request = new TransferRequest(A.Guest(), Shell, "b", Timing.Timing) { Live = live, PreCopy = preCopy };
    }

    public FakeShell Shell { get; }

    public FakeTiming Timing { get; } = new();

    public TransferRequest Request { get; }

    public Reports<MigrationProgress> Progress { get; } = new();

    public int Kills => Shell.Commands.Count(command => command.StartsWith("pkill", StringComparison.Ordinal));

    public async Task<Task<TransferRecord>> StartAsync(CancellationToken cancellationToken = default)
    {
        Task<TransferRecord> run = new XendMigration(Request, Progress).RunAsync(cancellationToken);
        _ = await _begun.Task;
        return run;
    }

    public void Tells(params PreCopyReport[] reports)
    {
        foreach (PreCopyReport report in reports)
        {
            _lines!.Report(new OutputLine(false, report.ToLine()));
        }
    }

    public async Task LogsAsync(params string[] lines)
    {
        IProgress<OutputLine> log = await _log.Task;
        foreach (string line in lines)
        {
            log.Report(new OutputLine(false, line));
        }
    }

    public void Ends(int exitCode, string error = "")
    {
        if (error.Length > 0)
        {
            _lines!.Report(new OutputLine(true, error));
        }

        _ = _end.TrySetResult(new CommandResult(exitCode, "", error));
    }

    public void Breaks() => _ = _end.TrySetException(new HostDisconnectedException("a", "reset by peer"));

    private async Task<CommandResult> MigrateAsync(
        RemoteCommand command, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        _lines = lines;
        _ = _begun.TrySetResult(true);
        return await _end.Task.WaitAsync(cancellationToken);
    }
}
