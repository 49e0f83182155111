namespace XenMigrate.Fleet.Sequencing;

/// <summary>A guest, where it is and where it is to be; hosts by their place in the list of hosts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MemoryMB">What it takes of its host's memory, MiB.</param>
/// <param name="At">The host that has it.</param>
/// <param name="Wanted">The host that is to have it.</param>
/// <param name="Apart">Guests with the same word here are never on one host; null for a guest that goes with any other.</param>
internal sealed record SequenceGuest(string Name, long MemoryMB, int At, int Wanted, string? Apart = null);
