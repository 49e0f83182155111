namespace XenMigrate.Downtime;

/// <summary>Answers to probes sent at a steady interval, and what they say of an outage.</summary>
internal sealed class ProbeLog(TimeSpan interval)
{
    private readonly object _lock = new();
    private readonly List<TimeSpan> _answers = [];
    private int _sent;

    /// <summary>Answers so far.</summary>
    public int Answers
    {
        get
        {
            lock (_lock)
            {
                return _answers.Count;
            }
        }
    }

    public void Sent()
    {
        lock (_lock)
        {
            _sent++;
        }
    }

    public void Answered(TimeSpan at)
    {
        lock (_lock)
        {
            _answers.Add(at);
        }
    }

    /// <param name="name">Who was probed.</param>
    /// <param name="end">When the last probe was given up.</param>
    public GuestDowntime Measure(string name, TimeSpan end)
    {
        lock (_lock)
        {
            TimeSpan[] answers = [.. _answers.OrderBy(at => at)];
            // Silence up to the end counts too: it may be that nothing answers any more.
            TimeSpan longest = answers.Zip(answers.Skip(1).Append(end), (from, to) => to - from)
                .Append(answers.Length == 0 ? end : TimeSpan.Zero).Max();
            return new GuestDowntime
            {
                Name = name,
                Outage = longest > interval ? longest - interval : TimeSpan.Zero,
                LostProbe = _sent - answers.Length,
                ProbeCount = _sent,
            };
        }
    }
}
