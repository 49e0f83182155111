namespace XenMigrate.Embedded.PreCopy;

/// <summary>A guest that asks to come in.</summary>
/// <param name="Pages">The memory it needs, 4 KiB each.</param>
/// <param name="Registers">Its processor as it was when the move began; the final ones come last.</param>
internal sealed record IncomingGuest(DomainIdentity Identity, int Pages, VirtualRegisters Registers);
