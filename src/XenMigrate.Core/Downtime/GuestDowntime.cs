namespace XenMigrate;

/// <summary>What a guest, or who talks to it, noticed while something was done.</summary>
public sealed record GuestDowntime
{
    /// <summary>The guest's name, or the address that was probed.</summary>
    public string Name { get; internal init => field = PrintableText.Line(value); } = "";

    /// <summary>The longest time without a sign of life, beyond the usual interval between two.</summary>
    public TimeSpan Outage { get; internal init; }

    /// <summary>Signs of life that should have been there and were not.</summary>
    public int LostProbe { get; internal init; }

    /// <summary>Signs of life that were expected in all.</summary>
    public int ProbeCount { get; internal init; }

    /// <summary>By how much the guest's clock of day jumped against its clock that never jumps; null where nobody asked the guest.</summary>
    public TimeSpan? ClockJump { get; internal init; }

    public GuestDowntimeBasis Basis { get; internal init; }

    /// <summary>How long the script block took.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>Whether there was a sign of life after the script block ended. If not, the outage goes on.</summary>
    public bool Recovered { get; internal init; }

    /// <summary>What the script block returned.</summary>
    public IReadOnlyList<object> Output { get; internal init => field = value.Indexed(); } = IndexedList<object>.None;

    public override string ToString() => FormattableString.Invariant($"{Name}: {Outage.TotalSeconds:0.###} s");
}

/// <summary>Whose signs of life a downtime was measured by.</summary>
public enum GuestDowntimeBasis
{
    /// <summary>The heartbeat that the guest writes to its console, by the guest's own clocks.</summary>
    Console,

    /// <summary>Echo requests from this machine.</summary>
    Ping,

    /// <summary>TCP connections from this machine.</summary>
    Tcp,
}
