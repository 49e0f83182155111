namespace XenMigrate;

/// <summary>Moves the guests of one call, a few at a time, and tells an audience of each and of the whole.</summary>
internal sealed class BatchMover(GuestMover mover, IMoveAudience audience, WindowLimits limits, MoveOrder order)
{
    /// <summary>Makes the moves, and returns when all that began have ended.</summary>
    /// <param name="refused">What was refused before, which is told first.</param>
    /// <param name="moves">The moves.</param>
    /// <param name="ended">Told of each as it ends, one at a time; the result is null if there is none.</param>
    /// <param name="cancellationToken">From then on none begins.</param>
    public async Task RunAsync(
        IReadOnlyList<(MigrationResult Result, object Target)> refused,
        IReadOnlyList<GuestMove> moves,
        Action<GuestMove, MigrationResult?> ended,
        CancellationToken cancellationToken)
    {
        foreach ((MigrationResult result, object target) in refused)
        {
            _ = mover.Tell(result, target);
        }

        using BatchProgress progress = new(audience.WriteProgress, moves.Count, Timing.Real);
        mover.ParentActivity = progress.Id;

        await new GuestBatch(limits, order, Timing.Real).RunAsync(
            moves,
            (move, token) => mover.MoveAndTellAsync(move, move.Guest, token),
            _ => progress.Began(),
            end =>
            {
                progress.Ended(hasBegun: end.Began is not null);
                ended(end.Move.Item, end.Value);
                Tell(end);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private void Tell(WindowResult<GuestMove, MigrationResult?> end)
    {
        if (end.Error is { } error)
        {
            audience.WriteError(error, end.Move.Item.Guest);
        }
        else if (end.Outcome == WindowOutcome.NotBegun)
        {
            audience.SayAfterStop($"{end.Move.Item.Guest} was not moved; it is on {end.Move.Source}.");
        }
    }
}
