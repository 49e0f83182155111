namespace XenMigrate.Journal;

/// <summary>Makes moves of which each keeps a journal: from the moment it is agreed to, and before it touches anything.</summary>
/// <param name="folder">Where the journals go; null to keep none.</param>
/// <param name="batch">What the moves of one call have in common.</param>
/// <param name="timing">The time they go by.</param>
internal sealed class JournaledMove(string? folder, Guid batch, Timing timing)
{
    /// <summary>What removes old journals from the folder before a new one begins; null to keep all.</summary>
    public Action<string, DateTimeOffset>? Prune { get; init; }

    /// <summary>What makes a journal's file.</summary>
    public Func<string, Timing, JournalWriter> Create { get; init; } = JournalWriter.Create;

    /// <summary>Makes a move by what it is given in place of hosts, progress and question.</summary>
    /// <returns>The move's result, with the path of its journal; null if the answer was no.</returns>
    /// <exception cref="JournalNotWrittenException">No journal could be begun, so the move was not.</exception>
    public async Task<MigrationResult?> RunAsync(
        MoveParts parts, Guest guest, MigrationMode mode, Func<MoveParts, Task<MigrationResult?>> move)
    {
        DateTimeOffset began = timing.Now();
        if (folder is null)
        {
            return await move(parts).ConfigureAwait(false) is { } unwritten
                ? unwritten with { BeganAt = began, EndedAt = timing.Now() }
                : null;
        }

        Guid operation = Guid.NewGuid();
        using MoveJournal journal = new(timing) { Create = Create };
        journal.Begin(operation, guest, parts.Source.Named, parts.Destination.Named, mode, batch);
        MoveParts journaled = new(
            parts.Source.Via(shell => new JournaledHostShell(shell, journal)),
            parts.Destination.Via(shell => new JournaledHostShell(shell, journal)),
            new JournaledProgress(parts.Progress, journal),
            plan => AgreeAsync(parts, plan, journal, operation));

        MigrationResult? result;
        try
        {
            result = await JournalHeartbeat.DuringAsync(journal.Beat, timing, () => move(journaled)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is XenMigrateException or OperationCanceledException)
        {
            journal.End(e);
            throw;
        }

        if (result is null)
        {
            return null;
        }

        journal.End(result);
        return result with { LogPath = journal.Path, LogProblem = journal.Problem, BeganAt = began, EndedAt = timing.Now() };
    }

    private async Task<bool> AgreeAsync(MoveParts parts, MigrationPlan plan, MoveJournal journal, Guid operation)
    {
        if (!await parts.Confirm(plan).ConfigureAwait(false))
        {
            return false;
        }

        journal.Decide($"Move {plan}: nothing speaks against it.");
        journal.InBoots(plan.Facts?.Source.BootId.Value, plan.Facts?.Destination.BootId.Value, plan.PreCopy?.Compression ?? StreamCompression.None);
        Prune?.Invoke(folder!, timing.Now());
        journal.Open(JournalFolder.NewPath(folder!, operation, timing.Now()));
        return true;
    }
}

/// <summary>What a move is made with.</summary>
/// <param name="Source">The host that the guest is on.</param>
/// <param name="Destination">The host that it goes to.</param>
/// <param name="Progress">Hears how far it is.</param>
/// <param name="Confirm">Asked once the plan stands.</param>
internal sealed record MoveParts(
    HostSession Source,
    HostSession Destination,
    IProgress<MigrationProgress>? Progress,
    Func<MigrationPlan, Task<bool>> Confirm);
