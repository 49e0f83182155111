namespace XenMigrate.Moves;

/// <summary>
/// Moves guests as <see cref="Migrator"/> does. Of one that is too busy for the allowed pause it asks whether it may
/// stand still for longer, and if so moves it again with leave to.
/// </summary>
/// <param name="progress">Hears of both moves.</param>
/// <param name="timing">The time they go by.</param>
/// <param name="mayPauseLonger">
/// Asked with the result of the move that was given up and with what it was allowed; null if nobody is to be asked, and
/// the guest stays.
/// </param>
internal sealed class FallbackMigrator(
    IProgress<MigrationProgress>? progress,
    Timing timing,
    Func<MigrationResult, PreCopyOptions, Task<bool>>? mayPauseLonger)
{
    private readonly Migrator _migrator = new(progress, timing);

    /// <inheritdoc cref="Migrator.MoveAsync"/>
    public async Task<MigrationResult?> MoveAsync(
        HostSession source,
        HostSession destination,
        Guest guest,
        MigrationOptions options,
        Func<MigrationPlan, Task<bool>> confirm,
        CancellationToken cancellationToken)
    {
        MigrationResult? result = await _migrator.MoveAsync(source, destination, guest, options, confirm, cancellationToken)
            .ConfigureAwait(false);
        PreCopyOptions allowed = options.PreCopy ?? options.UsualPreCopy;
        if (result is not { ErrorId: MigrationResults.NotConvergingId }
            || !await AskAsync(result, allowed, cancellationToken).ConfigureAwait(false))
        {
            return result;
        }

        MigrationOptions longer = options with { PreCopy = allowed with { OfflineFallback = true, EnforceDowntime = false } };
        return await _migrator.MoveAsync(source, destination, guest, longer, Agreed, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> AskAsync(MigrationResult result, PreCopyOptions allowed, CancellationToken cancellationToken)
    {
        try
        {
            return mayPauseLonger is not null && await mayPauseLonger(result, allowed).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A stop in place of an answer is a no, and where the guest is has still to be said.
            return false;
        }
    }

    // Asked once already, about the same guest and the same hosts.
    private static Task<bool> Agreed(MigrationPlan plan) => Task.FromResult(true);
}
