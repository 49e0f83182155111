namespace XenMigrate.Journal;

/// <summary>What tells of a move that is over.</summary>
internal static class MadeMoves
{
    public static MadeMove Made(this MigrationResult result) => new(
        result.Name, result.Uuid, result.Source, result.ComputerName, result.Mode != MigrationMode.Offline, result.Outcome);

    public static MadeMove Made(this GuestMigration move) => new(
        move.Name, move.Uuid, move.Source, move.ComputerName, move.Mode != MigrationMode.Offline, move.Outcome) { From = move.From, To = move.To };
}
