namespace XenMigrate.Embedded.PreCopy;

/// <summary>Tells of the round under way, more than twice a second; never at the same time as of anything else.</summary>
internal sealed class RoundReporter : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(400);

    private readonly object _gate = new();
    private readonly Action<PreCopyReport> _report;
    private readonly Timer _timer;
    private readonly List<MigrationIteration> _ended = [];
    private RoundSender? _sender;
    private long _bytes;
    private long _since;

    public RoundReporter(Action<PreCopyReport> report)
    {
        _report = report;
        _timer = new Timer(_ => Tick(), null, s_interval, s_interval);
    }

    /// <summary>The rounds that ended.</summary>
    public IReadOnlyList<MigrationIteration> Ended => _ended;

    public void Begin(RoundSender sender)
    {
        lock (_gate)
        {
            _sender = sender;
            _bytes = sender.BytesWritten;
            _since = Stopwatch.GetTimestamp();
        }
    }

    public void End(RoundOutcome outcome, int dirtyPages, ConvergenceVerdict verdict)
    {
        lock (_gate)
        {
            MigrationIteration iteration = new(
                _ended.Count, outcome.Pages, outcome.Bytes, outcome.Duration, dirtyPages, verdict.PredictedPause, verdict.Decision, verdict.Reason);
            _ended.Add(iteration);
            Report(new PreCopyReport.RoundEnded(iteration));
        }
    }

    public void Report(PreCopyReport report)
    {
        lock (_gate)
        {
            _sender = null;
            _report(report);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        lock (_gate)
        {
            if (_sender is null)
            {
                return;
            }

            (int done, int all) = _sender.Progress;
            long bytes = _sender.BytesWritten;
            double seconds = Stopwatch.GetElapsedTime(_since).TotalSeconds;
            _report(new PreCopyReport.RoundProgress(_ended.Count, done, all, seconds > 0 ? (bytes - _bytes) / seconds : 0));
            _bytes = bytes;
            _since = Stopwatch.GetTimestamp();
        }
    }
}
