namespace XenMigrate.Tests;

/// <summary>A source whose xl migrates as a test tells it to, line after line.</summary>
internal sealed class FakeXlMigrate
{
    public const int Xl = 4711;
    public const int Transport = 4712;

    private readonly TaskCompletionSource<CommandResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IProgress<OutputLine>? _lines;

    public FakeXlMigrate(HelperPair? helpers = null)
    {
        Shell = new FakeShell("a")
            .Does("xl -vvv migrate*", MigrateAsync)
            .Does("env *", MigrateAsync)
            .Does("nice*", WatchAsync)
            .Does("sh -c 'read -r name*", (_, _, _) =>
            {
                // xl gives up once its transport is gone.
                Prints("libxl: error: file/stream truncated");
                Ends(1);
                return Task.FromResult(new CommandResult(0, "", ""));
            });
        Request = new TransferRequest(A.Guest(), Shell, "b", Timing.Timing) { Helpers = helpers };
    }

    private async Task<CommandResult> MigrateAsync(RemoteCommand command, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        _lines = lines;
        _ = _begun.TrySetResult(true);
        return await _end.Task.WaitAsync(cancellationToken);
    }

    public FakeShell Shell { get; }

    public FakeTiming Timing { get; } = new();

    public TransferRequest Request { get; }

    public Reports<MigrationProgress> Progress { get; } = new();

    /// <summary>What the transport has written, look after look.</summary>
    public long[] Written { get; set; } = [];

    public int Kills => Shell.Commands.Count(command => command.Contains("kill -TERM", StringComparison.Ordinal));

    public async Task<Task<TransferRecord>> StartAsync(CancellationToken cancellationToken = default)
    {
        Task<TransferRecord> run = RunAsync();
        _ = await _begun.Task;
        return run;

        async Task<TransferRecord> RunAsync() =>
            await (await new XlLiveMigration(Request, Progress).RunAsync(cancellationToken)).CountedAsync();
    }

    public void Prints(params string[] lines)
    {
        foreach (string line in lines)
        {
            _lines!.Report(new OutputLine(true, line));
        }
    }

    public void Tells(params PreCopyReport[] reports) => Prints([.. reports.Select(report => report.ToLine())]);

    public void PrintsItsProcesses() => Prints($"xenmigrate-process {Xl}", $"xenmigrate-transport {Transport}");

    /// <summary>Prints captured lines with the time that passed between them.</summary>
    public void Replays(string fixture)
    {
        TimeSpan? last = null;
        foreach ((TimeSpan at, string line) in Fixture.TimedLines(fixture))
        {
            Timing.Advance(at - (last ?? at));
            last = at;
            Prints(line);
        }
    }

    public void Ends(int exitCode)
    {
        _ = _ended.TrySetResult(true);
        _ = _end.TrySetResult(new CommandResult(exitCode, "", ""));
    }

    public void Breaks() => _ = _end.TrySetException(new HostDisconnectedException("a", "reset by peer"));

    public async Task WatchedAsync()
    {
        while (Progress.Values.Count(progress => progress.BytesWritten is not null) < Written.Length)
        {
            await Task.Yield();
        }
    }

    private async Task<CommandResult> WatchAsync(
        RemoteCommand command, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        foreach (long bytes in Written)
        {
            Timing.Advance(TimeSpan.FromSeconds(0.5));
            lines!.Report(new OutputLine(false, bytes.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        _ = await _ended.Task.WaitAsync(cancellationToken);
        return new CommandResult(0, "", "");
    }
}
