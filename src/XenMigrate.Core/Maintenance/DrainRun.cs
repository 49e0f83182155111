namespace XenMigrate.Maintenance;

/// <summary>Carries out the plan that empties a host or fills it again, and keeps the journal that brings its guests back.</summary>
internal static class DrainRun
{
    /// <summary>Makes the moves, which were agreed to all at once.</summary>
    /// <param name="journal">Told of each guest before it is touched: it has to be found again.</param>
    /// <param name="request">How they are moved.</param>
    /// <param name="audience">Who hears of them.</param>
    /// <param name="moves">The moves.</param>
    /// <param name="isComplete">Asked at the end, with how many guests arrived, if nobody stopped it: whether the host is as it should be.</param>
    /// <param name="timing">The time they go by.</param>
    /// <param name="cancellationToken">From then on no move begins.</param>
    public static async Task RunAsync(
        DrainJournal journal,
        MoveRequest request,
        IMoveAudience audience,
        PlannedMoves moves,
        Func<int, Task<bool>> isComplete,
        Timing timing,
        CancellationToken cancellationToken)
    {
        int arrived = 0;
        MoveRequest journaled = request with
        {
            MayMove = plan =>
            {
                journal.Leaves(plan);
                return true;
            },
            Ended = result =>
            {
                journal.Ends(result);
                arrived += result.Outcome == MigrationOutcome.Succeeded ? 1 : 0;
            },
        };
        await new MoveEngine(journaled, audience, timing).RunAsync(moves.Refused, moves.Moves, cancellationToken).ConfigureAwait(false);
        journal.End(!cancellationToken.IsCancellationRequested && await isComplete(arrived).ConfigureAwait(false));
    }
}
