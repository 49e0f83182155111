namespace XenMigrate.Embedded.PreCopy;

/// <summary>Tells of the round under way, more than twice a second; never at the same time as of anything else.</summary>
internal sealed class RoundReporter : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(400);

    private readonly object _gate = new();
    private readonly Action<PreCopyReport> _report;
    private readonly Timer _timer;
    private RoundSender? _sender;
    private int _round;
    private long _bytes;
    private long _since;

    public RoundReporter(Action<PreCopyReport> report)
    {
        _report = report;
        _timer = new Timer(_ => Tick(), null, s_interval, s_interval);
    }

    public void Begin(int round, RoundSender sender)
    {
        lock (_gate)
        {
            _sender = sender;
            _round = round;
            _bytes = sender.BytesWritten;
            _since = Stopwatch.GetTimestamp();
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
            _report(new PreCopyReport.RoundProgress(_round, done, all, seconds > 0 ? (bytes - _bytes) / seconds : 0));
            _bytes = bytes;
            _since = Stopwatch.GetTimestamp();
        }
    }
}
