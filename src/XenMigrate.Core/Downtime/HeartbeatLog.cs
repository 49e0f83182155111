namespace XenMigrate.Downtime;

/// <summary>
/// A guest's heartbeat over a time, put together from the console logs of all hosts that it was on. Hosts keep old
/// logs: what was there at the beginning is remembered and does not count.
/// </summary>
internal sealed class HeartbeatLog
{
    /// <summary>The time between two beats.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _old;
    private readonly HeartbeatLine.Beat? _first;
    private readonly Dictionary<string, HeartbeatLine> _lines = new(StringComparer.Ordinal);

    /// <summary>Begins with what the hosts' logs hold already.</summary>
    public HeartbeatLog(IEnumerable<HeartbeatLine> before)
    {
        HeartbeatLine[] lines = [.. before];
        _old = [.. lines.Select(line => line.Text)];
        // By the clock of day, since an earlier boot may have had more beats.
        _first = lines.OfType<HeartbeatLine.Beat>().OrderBy(beat => beat.Wall).LastOrDefault();
    }

    /// <summary>Whether any beat was ever seen.</summary>
    public bool IsAlive => _first is not null || Beats > 0;

    /// <summary>Beats since the beginning.</summary>
    public int Beats => _lines.Values.OfType<HeartbeatLine.Beat>().Count();

    /// <summary>Adds what the logs hold now; lines that are known are not taken twice.</summary>
    public void Add(IEnumerable<HeartbeatLine> lines)
    {
        foreach (HeartbeatLine line in lines.Where(line => !_old.Contains(line.Text)))
        {
            _lines[line.Text] = line;
        }
    }

    /// <summary>What all these lines say.</summary>
    public GuestDowntime Measure(string guest)
    {
        HeartbeatLine.Beat[] beats =
            [.. _lines.Values.OfType<HeartbeatLine.Beat>().Concat(_first is null ? [] : [_first]).OrderBy(beat => beat.Number)];
        (HeartbeatLine.Beat From, HeartbeatLine.Beat To)[] steps =
        [
            .. beats.Zip(beats.Skip(1), (from, to) => (from, to))
                // A guest that was started anew counts anew: between two boots nothing can be compared.
                .Where(step => step.to.Up > step.from.Up),
        ];
        HeartbeatLine.Gap[] gaps = [.. _lines.Values.OfType<HeartbeatLine.Gap>()];

        // Lines that are lost are no lost beats: of these, the counter has none, and the clocks tell.
        IEnumerable<TimeSpan> silences = steps.Select(step => Silence(step.From, step.To))
            .Concat(gaps.Select(gap => Longer(gap.Wall, gap.Monotonic)));
        TimeSpan outage = silences.Append(TimeSpan.Zero).Max();
        int lost = steps.Sum(step => (int)Math.Min(int.MaxValue / 4, Math.Max(0, Silence(step.From, step.To).TotalSeconds + 0.5)));
        return new GuestDowntime
        {
            Name = guest,
            Outage = outage,
            LostProbe = lost,
            ProbeCount = Beats + lost,
            ClockJump = steps.Select(step => step.To.Wall - step.From.Wall - (step.To.Up - step.From.Up))
                .Concat(gaps.Select(gap => gap.Wall - gap.Monotonic))
                .OrderByDescending(jump => Math.Abs(jump.TotalSeconds))
                .FirstOrDefault(),
            Basis = GuestDowntimeBasis.Console,
        };
    }

    private static TimeSpan Silence(HeartbeatLine.Beat from, HeartbeatLine.Beat to)
    {
        TimeSpan passed = Longer(to.Wall - from.Wall, to.Up - from.Up);
        TimeSpan expected = TimeSpan.FromSeconds((to.Number - from.Number) * Interval.TotalSeconds);
        return passed - expected;
    }

    // A pause is seen by one clock or by both: which of them goes on meanwhile is the hypervisor's choice.
    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
