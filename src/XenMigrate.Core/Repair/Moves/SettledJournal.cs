namespace XenMigrate.Repair.Moves;

/// <summary>Adds to the journal of a move how it was settled, so that it is over there too.</summary>
internal static class SettledJournal
{
    /// <exception cref="JournalNotReadException">It may not be read.</exception>
    /// <exception cref="JournalNotWrittenException">It may not be written.</exception>
    public static void Close(string path, MigrationRepair settled, Timing timing)
    {
        using MoveJournal journal = new(timing);
        journal.Continue(path);
        journal.Decide($"Repaired. Found: {string.Join("; ", settled.Found)}.");
        foreach (string action in settled.Action)
        {
            journal.Decide($"Done by the repair: {action}");
        }

        journal.End(
            string.Equals(settled.ComputerName, settled.Destination, StringComparison.OrdinalIgnoreCase)
                ? MigrationOutcome.Succeeded
                : MigrationOutcome.FailedSourceRunning,
            settled.ComputerName!,
            $"The move was broken off, and repaired: the guest runs at {settled.ComputerName}.");
    }
}
