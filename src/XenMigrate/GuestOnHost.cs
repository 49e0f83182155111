namespace XenMigrate;

/// <summary>A guest and the connected host that has it.</summary>
internal sealed record GuestOnHost(Guest Guest, HostSession Host);
