namespace XenMigrate.Fleet.Placement;

/// <summary>Moves that may be taken out or put elsewhere, and that a file of Export-Csv can hold as text.</summary>
internal sealed class MoveList(IEnumerable<PlannedMove> moves) : List<PlannedMove>(moves)
{
    public override string ToString() => string.Join("; ", this);
}
