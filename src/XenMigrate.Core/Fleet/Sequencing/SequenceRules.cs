namespace XenMigrate.Fleet.Sequencing;

/// <summary>What hosts have left, and who may go where.</summary>
/// <param name="FreeMemoryMB">What each host has left before the first move, MiB.</param>
internal sealed record SequenceRules(IReadOnlyList<long> FreeMemoryMB)
{
    /// <summary>Whether checks let a guest go to a host, whichever has it.</summary>
    public Func<int, int, bool> MayGo { get; init; } = (_, _) => true;
}
