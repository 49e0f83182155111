namespace XenMigrate.Fleet.Window;

/// <summary>A move that waits for its turn.</summary>
/// <param name="Item">What is to be moved, to whoever moves it.</param>
/// <param name="Name">The guest's name.</param>
/// <param name="Identity">What tells the guest from all others, see <see cref="GuestIdentity"/>.</param>
/// <param name="Source">The host it is on.</param>
/// <param name="Destination">The host it goes to.</param>
/// <param name="MemoryMB">What it takes of a host's memory, MiB.</param>
internal sealed record QueuedMove<T>(
    T Item, string Name, string Identity, string Source, string Destination, long MemoryMB) : IFleetMove
{
    /// <summary>It begins when all moves of lower steps have ended.</summary>
    public int Step { get; init; } = 1;
}

/// <summary>What tells one guest from another.</summary>
internal static class GuestIdentity
{
    /// <summary>The uuid, which a guest keeps wherever it goes; where the toolstack has none, its host and name.</summary>
    public static string Of(Guid? uuid, string host, string name) =>
        uuid?.ToString("D") ?? $"{host.ToUpperInvariant()}\n{name}";
}
