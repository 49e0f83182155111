namespace XenMigrate.Embedded.PreCopy;

/// <summary>Where the guest is after a transfer.</summary>
internal enum RelocationOutcome
{
    /// <summary>The destination has it: the source's copy may be destroyed now, and never run again.</summary>
    Moved,

    /// <summary>It is at the source, in the state that it was in before.</summary>
    Stayed,

    /// <summary>The destination was told to start it, and nobody can say whether it did: the source's copy stays paused.</summary>
    Unknown,
}

/// <summary>How a transfer ended.</summary>
/// <param name="Reason">Why it ended as it did, for the user.</param>
internal sealed record RelocationResult(RelocationOutcome Outcome, string Reason)
{
    /// <summary>Whether it stayed because that was asked for.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Whether the destination broke the connection off before it answered anything.</summary>
    public bool Rejected { get; init; }

    /// <summary>Whether it stayed because it would not converge.</summary>
    public bool GaveUp { get; init; }

    /// <summary>Whether it was paused although the rest did not fit the allowed pause.</summary>
    public bool Offline { get; init; }

    public TimeSpan? PredictedPause { get; init; }

    /// <summary>From the pause to the destination's word that the guest runs.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>The longest gap around the pause, by the guest's own clock.</summary>
    public TimeSpan? HeartbeatGap { get; init; }

    public long Bytes { get; init; }

    public IReadOnlyList<MigrationIteration> Iterations { get; init; } = [];
}
