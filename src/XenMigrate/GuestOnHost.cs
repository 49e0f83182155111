using XenMigrate.Guests;
using XenMigrate.Hosts;

namespace XenMigrate;

/// <summary>A guest and the connected host that has it.</summary>
internal sealed record GuestOnHost(Guest Guest, MigrationHost Host);
