namespace XenMigrate.Repair.Moves;

/// <summary>A move that may have been left half done, as far as it is known before the hosts are asked.</summary>
/// <param name="Name">The guest's own name.</param>
/// <param name="Uuid">Its uuid; null to take the one that its copies have.</param>
/// <param name="Source">The host it came from.</param>
/// <param name="Destination">The host it was to go to.</param>
internal sealed record MoveTrace(string Name, Guid? Uuid, string Source, string Destination)
{
    /// <summary>The source as it is known: by its session, or as the journal tells; by its name without either.</summary>
    public NamedHost From { get; init; } = Source;

    /// <summary>The destination as it is known.</summary>
    public NamedHost To { get; init; } = Destination;

    public MigrationMode? Mode { get; init; }

    /// <summary>The file of the move's journal; null if none is known.</summary>
    public string? LogPath { get; init; }

    /// <summary>What the journal says now; null if there is none.</summary>
    /// <exception cref="JournalNotReadException">It may not be read.</exception>
    public GuestMigration? ReadJournal() => LogPath is null ? null : JournalFolder.Read(LogPath);

    /// <summary>Whether it is known whose move it is, and between which hosts.</summary>
    public bool IsWhole => Name.Length > 0 && Source.Length > 0 && Destination.Length > 0;

    public static MoveTrace Of(GuestMigration move) => new(move.Name, move.Uuid, move.Source ?? "", move.Destination ?? "")
    {
        From = move.From ?? move.Source ?? "",
        To = move.To ?? move.Destination ?? "",
        Mode = move.Mode,
        LogPath = move.LogPath.Length > 0 ? move.LogPath : null,
    };

    public static MoveTrace Of(MigrationResult result) => new(result.Name, result.Uuid, result.Source, result.Destination)
    {
        Mode = result.Mode,
        LogPath = result.LogPath,
    };
}
