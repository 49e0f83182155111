namespace XenMigrate.Fleet.Sequencing;

/// <summary>One move of a sequence; guests and hosts by their places in the lists.</summary>
/// <param name="Guest">The guest.</param>
/// <param name="From">The host that gives it; null if it was saved before, and is restored.</param>
/// <param name="To">The host that takes it; null if it is saved, because no host can have it while it runs.</param>
internal sealed record SequencedMove(int Guest, int? From, int? To);
