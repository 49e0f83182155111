namespace XenMigrate;

/// <summary>How the guests of one call are to be moved.</summary>
/// <param name="Options">What the engine is told, but for what depends on who can be asked.</param>
/// <param name="Choice">What the user said of a live transfer.</param>
/// <param name="PassThru">Whether the guest at the destination is written in place of the result.</param>
internal sealed record MoveSettings(MigrationOptions Options, PreCopyChoice Choice, bool PassThru)
{
    /// <summary>Whether it need not be asked before a guest might be lost for good.</summary>
    public bool LossAgreed { get; init; }
}

/// <summary>Moves guests one by one, and tells an audience what came of each.</summary>
internal sealed class GuestMover(MoveSettings settings, Func<GuestMove, JournaledMove> journals, IMoveAudience audience)
{
    /// <summary>The progress bar that stands above that of each move; -1 for none.</summary>
    public int ParentActivity { get; set; } = -1;

    /// <summary>Moves a guest, and says what came of it: an error has the target as its object.</summary>
    /// <returns>Null if the answer to the question was no.</returns>
    public async Task<MigrationResult?> MoveAndTellAsync(
        GuestMove move, object target, CancellationToken cancellationToken)
    {
        MigrationResult? result = await MoveAsync(move, cancellationToken).ConfigureAwait(false);
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

        _ = Tell(result, target);
        if (settings.PassThru && result.Outcome == MigrationOutcome.Succeeded)
        {
            await PassAsync(move, result, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    public MigrationResult Tell(MigrationResult result, object target)
    {
        if (result.ToError() is { } error)
        {
            audience.WriteError(error, target);
        }

        // With -PassThru come guests and nothing else, so that the next command gets what it can take.
        if (!settings.PassThru)
        {
            audience.Write(result);
        }

        return result;
    }

    private async Task PassAsync(GuestMove move, MigrationResult result, CancellationToken cancellationToken)
    {
        HostSession destination = move.Destination;
        Guest there = (await destination.Toolstack.ListAsync(cancellationToken).ConfigureAwait(false))
            .FirstOrDefault(guest => guest.Name == move.Guest.Name)
            ?? throw new GuestNotFoundException(move.Guest.Name, destination.ComputerName);
        audience.Write(there with { Session = destination.WithoutObserver(), Move = result.Made() });
    }

    /// <summary>Moves a guest, and asks what has to be asked; null if the answer was no.</summary>
    private async Task<MigrationResult?> MoveAsync(GuestMove move, CancellationToken cancellationToken)
    {
        using MoveProgress progress = new(audience.WriteProgress, $"{move.Guest.Name} to {move.Destination}", Timing.Real, ParentActivity);
        bool interactive = await audience.IsInteractiveAsync().ConfigureAwait(false);
        PreCopyOptions preCopy = settings.Choice.ToOptions(interactive);
        if (move.MayGoOffline)
        {
            preCopy = preCopy with { OfflineFallback = true, EnforceDowntime = false };
        }

        MigrationOptions options = settings.Options with
        {
            Live = move.Live ?? settings.Options.Live,
            MigrationAddress = settings.Options.MigrationAddress ?? move.MigrationAddress,
            PreCopy = settings.Choice.IsGiven ? preCopy : null,
            UsualPreCopy = preCopy,
        };
        return await journals(move).RunAsync(
            new MoveParts(move.Source, move.Destination, progress, MayMoveAsync),
            move.Guest,
            options.Live ? MigrationMode.Live : MigrationMode.Offline,
            with => new FallbackMigrator(with.Progress, Timing.Real, MayPauseLongerAsync).MoveAsync(
                with.Source, with.Destination, move.Guest, options, with.Confirm, cancellationToken)).ConfigureAwait(false);

        async Task<bool> MayMoveAsync(MigrationPlan plan)
        {
            if (plan.Warning is { } warning)
            {
                audience.WriteWarning(warning);
            }

            if (!await audience.MayMoveAsync(plan).ConfigureAwait(false))
            {
                return false;
            }

            return settings.LossAgreed || LossRisk.Of(plan) is not { } risk || await audience.MayLoseAsync($"{risk} Move it?").ConfigureAwait(false)
                ? true
                : throw new GuestLossNotAgreedException(plan.Guest, plan.Destination, risk);
        }

        async Task<bool> MayPauseLongerAsync(MigrationResult result, PreCopyOptions allowed) =>
            settings.Choice.Asks(interactive)
            && await audience.MayPauseLongerAsync(PreCopyChoice.Question(result, allowed)).ConfigureAwait(false);
    }
}
