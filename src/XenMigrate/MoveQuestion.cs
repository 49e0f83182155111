using XenMigrate.Guests;
using XenMigrate.Migration;

namespace XenMigrate;

/// <summary>What ShouldProcess is asked of one move.</summary>
internal sealed record MoveQuestion(Guest Guest, string Source, string Destination, MigrationMode Mode)
{
    public string Target => $"{Guest} ({Guest.MemoryMB} MiB) on {Source}";

    public string Action => $"{(Mode == MigrationMode.Live ? "Live-migrate" : "Move offline")} to {Destination}";
}
