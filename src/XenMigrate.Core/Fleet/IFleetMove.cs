namespace XenMigrate.Fleet;

/// <summary>One guest's way from one host to another, among others.</summary>
internal interface IFleetMove
{
    string Name { get; }

    string Source { get; }

    string Destination { get; }

    /// <summary>What the guest takes of its host's memory, MiB: at the source until it left, at the destination from the start.</summary>
    long MemoryMB { get; }
}
