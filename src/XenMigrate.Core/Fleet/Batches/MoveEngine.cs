namespace XenMigrate.Fleet.Batches;

/// <summary>Moves guests: one, or the many of a call, a few at a time. It asks the audience what has to be asked, and tells it all.</summary>
internal sealed class MoveEngine(MoveRequest request, IMoveAudience audience, Timing timing)
{
    private readonly MoveTurns _turns = new(timing);

    /// <summary>Makes the moves, and returns when all that began have ended.</summary>
    /// <param name="refused">What was refused before, which is told first.</param>
    /// <param name="moves">The moves.</param>
    /// <param name="cancellationToken">From then on none begins.</param>
    public async Task RunAsync(
        IReadOnlyList<RefusedMove> refused, IReadOnlyList<GuestMove> moves, CancellationToken cancellationToken)
    {
        foreach (RefusedMove each in refused)
        {
            Tell(each.Result, each.Target);
        }

        using IBatchProgress progress = audience.Show(moves.Count);
        await new GuestBatch(request.Limits, request.Order, timing).RunAsync(
            moves,
            (move, token) => MoveAndTellAsync(move, move.Guest, progress, token),
            _ => progress.Began(),
            end =>
            {
                progress.Ended(hasBegun: end.Began is not null);
                Tell(end);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves a guest, and says what came of it: an error has the target as its object.</summary>
    /// <returns>Null if the answer to the question was no.</returns>
    public async Task<MigrationResult?> MoveAsync(GuestMove move, object target, CancellationToken cancellationToken)
    {
        using IBatchProgress progress = audience.Show(1);
        return await MoveAndTellAsync(move, target, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says what came of a move.</summary>
    public void Tell(MigrationResult result, object target)
    {
        if (result.ToError() is { } error)
        {
            audience.WriteError(error, target);
        }

        // Where guests are wanted, they come and nothing else, so that the next command gets what it can take.
        if (!request.PassThru)
        {
            audience.Write(result);
        }
    }

    private void Tell(WindowResult<GuestMove, MigrationResult?> end)
    {
        if (end.Value is { } result)
        {
            request.Ended?.Invoke(result);
        }

        if (end.Error is { } error)
        {
            audience.WriteError(error, end.Move.Item.Guest);
        }
        else if (end.Outcome == WindowOutcome.NotBegun)
        {
            audience.SayAfterStop($"{end.Move.Item.Guest} was not moved; it is on {end.Move.Source}.");
        }
    }

    private async Task<MigrationResult?> MoveAndTellAsync(
        GuestMove move, object target, IBatchProgress batch, CancellationToken cancellationToken)
    {
        MigrationResult? result = await MoveAsync(move, batch, cancellationToken).ConfigureAwait(false);
        if (result is null)
        {
            return null;
        }

        if (result.LogProblem is { } problem)
        {
            audience.WriteWarning($"The journal of the move of {result.Name} ends before the move did: {problem} ({result.LogPath})");
        }

        if (cancellationToken.IsCancellationRequested && !audience.HearsAfterStop)
        {
            audience.SayAfterStop($"{result}. {result.Message}");
            return result;
        }

        Tell(result, target);
        if (request.PassThru && result.Outcome == MigrationOutcome.Succeeded)
        {
            await PassAsync(move, result, target).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>Gives out the guest at its destination. It has moved by now: no stop and no failure makes that untrue.</summary>
    private async Task PassAsync(GuestMove move, MigrationResult result, object target)
    {
        HostSession destination = move.Destination;
        try
        {
            Guest there = (await destination.Toolstack.ListAsync(CancellationToken.None).ConfigureAwait(false))
                .FirstOrDefault(guest => result.Uuid is { } uuid ? guest.Uuid == uuid : guest.Name == result.Name)
                ?? throw new GuestNotFoundException(result.Name, destination.ComputerName);
            audience.Write(there with { Session = destination.WithoutObserver(), Move = result.Made() });
        }
        catch (XenMigrateException e)
        {
            audience.WriteError(e, target);
            audience.WriteWarning($"{result}. {result.Message}");
        }
    }

    /// <summary>Moves a guest, and asks what has to be asked; null if the answer was no.</summary>
    private async Task<MigrationResult?> MoveAsync(GuestMove move, IBatchProgress batch, CancellationToken cancellationToken)
    {
        using IMoveProgress progress = batch.Of(move);
        using MoveTurn turn = _turns.Take(progress);
        bool interactive = await audience.IsInteractiveAsync().ConfigureAwait(false);
        DowntimeParts? past = request.Past.Downtime(move.Source.Named, move.Destination.Named, move.Guest.Type);
        MigrationOptions options = request.Choice.For(move, request.Options with { PastDowntime = past }, interactive);
        return await request.Journals(move).RunAsync(
            new MoveParts(move.Source, move.Destination, turn, plan => MayMoveAsync(plan, turn)),
            move.Guest,
            options.Live ? MigrationMode.Live : MigrationMode.Offline,
            with => new FallbackMigrator(with.Progress, timing, MayPauseLongerAsync).MoveAsync(
                with.Source, with.Destination, move.Guest, options, with.Confirm, cancellationToken)).ConfigureAwait(false);

        async Task<bool> MayPauseLongerAsync(MigrationResult result, PreCopyOptions allowed) =>
            request.Choice.Asks(interactive)
            && await audience.MayPauseLongerAsync(PreCopyChoice.Question(result, allowed)).ConfigureAwait(false);
    }

    /// <exception cref="GuestLossNotAgreedException">The guest might be lost for good, and nobody agreed to that.</exception>
    private async Task<bool> MayMoveAsync(MigrationPlan plan, MoveTurn turn)
    {
        await turn.ComeAsync().ConfigureAwait(false);
        if (plan.Warning is { } warning)
        {
            audience.WriteWarning(warning);
        }

        if (!(request.MayMove?.Invoke(plan) ?? await audience.MayMoveAsync(plan).ConfigureAwait(false)))
        {
            return false;
        }

        return request.LossAgreed || LossRisk.Of(plan) is not { } risk || await audience.MayLoseAsync($"{risk} Move it?").ConfigureAwait(false)
            ? true
            : throw new GuestLossNotAgreedException(plan.Guest, plan.Destination, risk);
    }
}
