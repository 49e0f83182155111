namespace XenMigrate.Tests;

/// <summary>A source whose virsh migrates as a test tells it to, line after line.</summary>
internal sealed class FakeVirshMigrate
{
    public const int Virsh = 4711;

    private readonly TaskCompletionSource<CommandResult> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IProgress<OutputLine>> _watch = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CommandResult> _watchEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IProgress<OutputLine>? _lines;

    public FakeVirshMigrate(bool live = true, HelperPair? helpers = null)
    {
        Request = new TransferRequest(A.Guest() with { Toolstack = ToolstackKind.Libvirt }, Shell, "b", Timing.Timing)
        {
            Live = live,
            Helpers = helpers,
            PreCopy = helpers is null ? null : new PreCopyOptions(),
        };
        Shell
            .Does(LibvirtMigrate.Command(Request).ToString(), async (_, lines, cancellationToken) =>
            {
                _lines = lines;
                _begun.TrySetResult(true);
                return await _end.Task.WaitAsync(cancellationToken);
            })
            .Does(LibvirtMigrate.Watch(5).ToString(), async (_, lines, cancellationToken) =>
            {
                _watch.TrySetResult(lines!);
                return await _watchEnd.Task.WaitAsync(cancellationToken);
            })
            .Answers("virsh -q -c xen:///system domjobinfo 5", "Job type:         None        \n\n");
    }

    public FakeShell Shell { get; } = new("a");

    public FakeTiming Timing { get; } = new();

    public TransferRequest Request { get; }

    public Reports<MigrationProgress> Progress { get; } = new();

    public async Task<Task<TransferRecord>> StartAsync(CancellationToken cancellationToken = default)
    {
        Task<TransferRecord> run = new LibvirtMigration(Request, Progress).RunAsync(cancellationToken);
        _ = await _begun.Task;
        return run;
    }

    public void Prints(string line) => _lines!.Report(new OutputLine(true, line));

    public async Task WritesAsync(params long[] bytes)
    {
        IProgress<OutputLine> watch = await _watch.Task;
        foreach (long written in bytes)
        {
            Timing.Advance(TimeSpan.FromSeconds(0.5));
            watch.Report(new OutputLine(false, written.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    public async Task TellsAsync(params PreCopyReport[] reports)
    {
        IProgress<OutputLine> watch = await _watch.Task;
        foreach (PreCopyReport report in reports)
        {
            watch.Report(new OutputLine(false, report.ToLine()));
        }
    }

    /// <param name="isWatched">Whether there is more to be read of the process that wrote the memory.</param>
    public void Ends(int exitCode, string error = "", bool isWatched = false)
    {
        if (!isWatched)
        {
            WatchEnds();
        }

        if (error.Length > 0)
        {
            Prints(error);
        }

        _ = _end.TrySetResult(new CommandResult(exitCode, "", error));
    }

    public void WatchEnds() => _ = _watchEnd.TrySetResult(new CommandResult(0, "", ""));

    public void Breaks() => _ = _end.TrySetException(new HostDisconnectedException("a", "reset by peer"));
}
