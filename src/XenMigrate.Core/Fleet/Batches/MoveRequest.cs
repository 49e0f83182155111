namespace XenMigrate.Fleet.Batches;

/// <summary>How the guests of one call are to be moved.</summary>
/// <param name="Options">What is the same for all of them, but for what depends on who can be asked.</param>
/// <param name="Choice">What the user said of a live transfer.</param>
/// <param name="Journals">Where each move keeps its journal.</param>
internal sealed record MoveRequest(MigrationOptions Options, PreCopyChoice Choice, Func<GuestMove, JournaledMove> Journals)
{
    /// <summary>What earlier moves came to.</summary>
    public PastMoves Past { get; init; } = PastMoves.None;

    /// <summary>Whether the guest at the destination is given out in place of the result.</summary>
    public bool PassThru { get; init; }

    /// <summary>Whether it need not be asked before a guest might be lost for good.</summary>
    public bool LossAgreed { get; init; }

    /// <summary>How many at a time.</summary>
    public WindowLimits Limits { get; init; } = new();

    public MoveOrder Order { get; init; }

    /// <summary>Answers in the audience's place whether a move may begin; null to ask it.</summary>
    public Func<MigrationPlan, bool>? MayMove { get; init; }

    /// <summary>Told of each result, one at a time.</summary>
    public Action<MigrationResult>? Ended { get; init; }
}

/// <summary>A move that is refused before it is tried, and what it was wanted for.</summary>
internal sealed record RefusedMove(MigrationResult Result, object Target);
