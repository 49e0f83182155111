namespace XenMigrate.Repair.Moves;

/// <summary>
/// Finds the journal of a move. Only a guest's newest move may be settled: after a later one to a third host, what two
/// hosts hold says nothing of who has the guest. One that touched nothing does not count: whoever was refused because a
/// move was under way says nothing of what that move left.
/// </summary>
internal static class JournaledTrace
{
    /// <param name="trace">The move.</param>
    /// <param name="folder">Where journals lie, if the move does not name its own; null for nowhere.</param>
    /// <returns>The move with its journal, and why it may not be settled; null if it may.</returns>
    /// <exception cref="JournalNotReadException">A journal may not be read, so which is the newest is not known.</exception>
    public static (MoveTrace Trace, string? Why) Find(MoveTrace trace, string? folder)
    {
        if (!trace.IsWhole)
        {
            return (trace, "Which guest it is, or which hosts it moved between, is not known: name them (-Name, -ComputerName, -Destination).");
        }

        string? place = trace.LogPath is null ? folder : Path.GetDirectoryName(Path.GetFullPath(trace.LogPath));
        GuestMigration? newest = place is null ? null : Newest(place, trace);

        return newest is null ? (trace, null)
            : Path.GetFileName(newest.LogPath) == Path.GetFileName(trace.LogPath) ? (Between(trace, newest), null)
            : trace.LogPath is null && newest.From?.Is(trace.From) == true && newest.To?.Is(trace.To) == true
                ? (Between(trace, newest) with { Uuid = trace.Uuid ?? newest.Uuid, Mode = newest.Mode, LogPath = newest.LogPath }, null)
            : LeftSince(newest, trace) ? (trace with { Uuid = trace.Uuid ?? newest.Uuid }, null)
            : (trace, $"Its newest move is another, from {newest.Source} to {newest.Destination} ({newest.LogPath}): settle that one.");
    }

    /// <summary>The newest one that may have touched the guest; only if there is none, one that did not.</summary>
    private static GuestMigration? Newest(string place, MoveTrace trace)
    {
        GuestMigration? untouched = null;
        foreach (GuestMigration move in JournalFolder.Find(place).Select(path => JournalFolder.Read(path)).Where(move => IsOf(move, trace)))
        {
            if (!move.TouchedNothing)
            {
                return move;
            }

            untouched ??= move;
        }

        return untouched;
    }

    /// <summary>
    /// Whether the newest move that is known here left the guest where the one that is named began: that one was made later,
    /// by somebody who keeps journals elsewhere.
    /// </summary>
    private static bool LeftSince(GuestMigration newest, MoveTrace trace) => trace.LogPath is null
        && newest is { State: JournalState.Finished, Holder: { } holder } && holder.Is(trace.From);

    /// <summary>The move with its hosts as the journal knows them.</summary>
    private static MoveTrace Between(MoveTrace trace, GuestMigration journal) => trace with { From = journal.From ?? trace.From, To = journal.To ?? trace.To };

    private static bool IsOf(GuestMigration move, MoveTrace trace) => move.Uuid is { } uuid && trace.Uuid is { } wanted
        ? uuid == wanted
        : move.Name == trace.Name && !IsOfNamesake(move, trace.From) && !IsOfNamesake(move, trace.To);

    /// <summary>Whether it tells of another machine that was called as a host is: of another guest then, whatever its name.</summary>
    private static bool IsOfNamesake(GuestMigration move, NamedHost host) => move.From?.IsNamesake(host) == true || move.To?.IsNamesake(host) == true;
}
