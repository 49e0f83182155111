namespace XenMigrate;

/// <summary>How a move ended, as both hosts told after it.</summary>
public sealed record MigrationResult
{
    /// <summary>The guest's name.</summary>
    public string Name { get; internal init => field = PrintableText.Line(value); } = "";

    public Guid? Uuid { get; internal init; }

    public string Source { get; internal init; } = "";

    public string Destination { get; internal init; } = "";

    /// <summary>Where the guest is now; null if that can't be told.</summary>
    public string? ComputerName { get; internal init; }

    public MigrationMode Mode { get; internal init; }

    public MigrationOutcome Outcome { get; internal init; }

    /// <summary>From the first check to the last look at both hosts.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>When its turn came; null if nobody noted it.</summary>
    public DateTimeOffset? BeganAt { get; internal init; }

    /// <summary>When both hosts had been asked for the last time; null if nobody noted it.</summary>
    public DateTimeOffset? EndedAt { get; internal init; }

    /// <summary>How long the guest stood still; null if it did not, or if nobody could see.</summary>
    public TimeSpan? Downtime { get; internal init; }

    /// <summary>Its parts, as far as the tools tell them apart; null where they do not.</summary>
    public DowntimeParts? DowntimePart { get; internal init; }

    public DowntimeBasis? DowntimeBasis { get; internal init; }

    /// <summary>The longest gap that the guest itself saw between two of its heartbeats; null where nobody could read them.</summary>
    public TimeSpan? HeartbeatGap { get; internal init; }

    /// <summary>
    /// What the pause was predicted to be when the guest was paused: the rest by the transfer, what is not copying by earlier moves
    /// between the hosts; null where neither tells.
    /// </summary>
    public TimeSpan? PredictedDowntime { get; internal init; }

    /// <summary>The same part by part; null where the transfer's own prediction is all there is.</summary>
    public DowntimeParts? PredictedDowntimePart { get; internal init; }

    /// <summary>The rounds of pre-copy, the last one with the guest paused; empty where the transfer does not tell.</summary>
    public IReadOnlyList<MigrationIteration> Iteration { get; internal init => field = value.Indexed(); } = IndexedList<MigrationIteration>.None;

    /// <summary>Why the transfer stopped copying live, in its own words; null where it does not tell.</summary>
    public string? StopReason { get; internal init => field = PrintableText.OfOrNull(value); }

    /// <summary>What the transport wrote, as its host counts it; null if it could not be seen.</summary>
    public long? BytesTransferred { get; internal init; }

    /// <summary>The error id of what went wrong; null after a success.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary>What was found, on which host, and what to do.</summary>
    public string? Message { get; internal init => field = PrintableText.OfOrNull(value); }

    /// <summary>Checks that were left out because the caller said so.</summary>
    public IReadOnlyList<string> SkippedCheck { get; internal init => field = value.Indexed(); } = IndexedList<string>.None;

    /// <summary>The results of the checks made before the move.</summary>
    public IReadOnlyList<CheckResult> Check { get; internal init => field = value.Indexed(); } = IndexedList<CheckResult>.None;

    /// <summary>What the tools on both hosts wrote, without debug lines.</summary>
    public IReadOnlyList<string> Transcript { get; internal init => field = PrintableText.Lines(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>The file of the move's journal; null if it has none.</summary>
    public string? LogPath { get; internal init; }

    /// <summary>Why the journal could not be written to its end; null if it could.</summary>
    internal string? LogProblem { get; init; }

    /// <summary>The report that refused it; null if none did, or if that is not known any more.</summary>
    internal MigrationReport? Refusal { get; init; }

    public override string ToString() => $"{Name}: {Source} to {Destination}, {Outcome}";
}
