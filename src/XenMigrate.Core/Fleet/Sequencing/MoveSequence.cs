namespace XenMigrate.Fleet.Sequencing;

/// <summary>Moves, one after the other, that bring a fleet from one placement to another.</summary>
/// <param name="Moves">The moves. Each finds room when those before it are done.</param>
/// <param name="Offline">
/// The guests that have to be saved and restored, since no sequence of live moves was found: as few as would do.
/// </param>
/// <param name="MegabytesCopied">What is copied, MiB; a guest that goes by a third host is copied twice.</param>
/// <param name="LeastMB">What is copied at least, MiB, if every guest goes where it is to be at once.</param>
/// <param name="Proved">Whether it is certain that without those guests there is no sequence, or with none there is a cheaper one.</param>
internal sealed record MoveSequence(IReadOnlyList<SequencedMove> Moves, IReadOnlyList<int> Offline, long MegabytesCopied, long LeastMB, bool Proved);
