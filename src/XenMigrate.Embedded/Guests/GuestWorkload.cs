namespace XenMigrate.Embedded.Guests;

/// <summary>What a guest does all day.</summary>
/// <param name="WorkingSetPages">The pages that it writes to, one after the other; as many as it has if that is fewer.</param>
/// <param name="DirtyBytesPerSecond">How fast it writes whole pages; 0 for a guest that only beats.</param>
internal sealed record GuestWorkload(int WorkingSetPages, long DirtyBytesPerSecond)
{
    public static GuestWorkload Idle { get; } = new(0, 0);
}
