namespace XenMigrate.Maintenance;

/// <summary>
/// What a host that is emptied, or filled again, says in its journal: which guest is about to go, before anything is
/// touched, and what became of it. That is also the host's mark.
/// </summary>
/// <remarks>
/// The mark is on this machine and not on the host: a host's configuration is not changed without need, and a mark that
/// nobody takes away would outlive a host's repair. Who works from another machine shares the folder of the journals.
/// </remarks>
internal sealed class DrainJournal : IDisposable
{
    private readonly JournalWriter _writer;

    private DrainJournal(JournalWriter writer) => _writer = writer;

    public string Path => _writer.Path;

    /// <param name="folder">The folder of the journals.</param>
    /// <param name="operation">What the moves have in common in their own journals.</param>
    /// <param name="host">The host, as it is known now.</param>
    /// <param name="timing">The time.</param>
    /// <param name="filled">What the journals told of the host that is filled; null for one that is emptied.</param>
    /// <exception cref="JournalNotWrittenException">It can't be made, so nothing is to be touched.</exception>
    public static DrainJournal Begin(string folder, Guid operation, NamedHost host, Timing timing, HostDrain? filled = null)
    {
        JournalWriter writer = JournalWriter.Create(JournalFolder.NewPath(DrainFolder.Of(folder), operation, timing.Now()), timing);
        DrainDirection direction = filled is null ? DrainDirection.Out : DrainDirection.Back;
        writer.Write(new JournalEntry.DrainBegun(operation, direction, host, JournalProcess.Current()) { Read = filled?.Journal });
        if (writer.Problem is { } problem)
        {
            writer.Dispose();
            writer.Remove();
            throw new JournalNotWrittenException(writer.Path, problem);
        }

        return new DrainJournal(writer);
    }

    /// <summary>A guest is about to go; from then on it may be at its destination.</summary>
    /// <exception cref="JournalNotWrittenException">That could not be written, so it must not go: nobody would bring it back.</exception>
    public void Leaves(MigrationPlan plan)
    {
        _writer.Write(new JournalEntry.Leaving(plan.Guest.Name, plan.Guest.Uuid, plan.To, plan.Mode));
        if (_writer.Problem is { } problem)
        {
            throw new JournalNotWrittenException(Path, problem);
        }
    }

    public void Ends(MigrationResult result) =>
        _writer.Write(new JournalEntry.Left(result.Name, result.Uuid, result.Outcome, result.ComputerName));

    /// <param name="isComplete">Whether the host is empty, or has back all that could come.</param>
    public void End(bool isComplete) => _writer.Write(new JournalEntry.DrainEnded(isComplete));

    public void Dispose() => _writer.Dispose();
}

/// <summary>Where the journals of emptied hosts lie: apart from those of moves.</summary>
internal static class DrainFolder
{
    public static string Of(string folder) => System.IO.Path.Combine(folder, "drains");
}
