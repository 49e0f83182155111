namespace XenMigrate.Repair.Moves;

/// <summary>What is known of a move besides the copies that it left.</summary>
internal sealed record MoveKnowledge
{
    /// <summary>Whether it is known to be one that pauses the guest first.</summary>
    public bool WasOffline { get; init; }

    /// <summary>How the source wakes a suspended guest; null if it can't.</summary>
    public XlResume? Waking { get; init; }

    /// <summary>Whether the journal tells that the source kept the guest, suspended, and that the destination never had all of it.</summary>
    public bool WasKept { get; init; }

    /// <summary>Whether the journal tells that the source gave the guest away in an offline move.</summary>
    public bool WasGiven { get; init; }

    /// <summary>The copy that the guest goes on as, as the source itself remembers; null if it does not.</summary>
    public GivenGuest? Given { get; init; }

    /// <summary>The destination's boot; null if it was not told.</summary>
    public string? DestinationBootId { get; init; }

    /// <summary>
    /// The half guest at the destination of whose memory nothing comes any more, since the source was booted in mid-move;
    /// null if there is none, or if that is not known.
    /// </summary>
    public int? CutOff { get; init; }

    /// <summary>Whether the process that took its memory waits for more.</summary>
    public bool WaitsForMore { get; init; }

    /// <summary>Whether it is known that the guest goes on as this copy of the destination's.</summary>
    public bool GaveAway(Guest copy) => WasGiven
        || (Given is { } given && given.BootId == DestinationBootId && given.Id == copy.Id);
}
