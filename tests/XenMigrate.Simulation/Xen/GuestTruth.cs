namespace XenMigrate.Simulation.Xen;

/// <summary>What is so of one guest, whoever says what.</summary>
internal sealed class GuestTruth(string name, Guid uuid)
{
    public string Name { get; } = name;

    public Guid Uuid { get; } = uuid;

    /// <summary>Counts up with each copy that runs: memory that knows of an older count must never run again.</summary>
    public long Disks { get; set; }

    /// <summary>Why nobody may expect it to run: what somebody outside did to it; null if it should.</summary>
    public string? StoppedBy { get; set; }

    /// <summary>Whether somebody outside took a copy of it away.</summary>
    public bool WasTakenAway { get; set; }

    /// <summary>The name that somebody outside gave it; null if it has its own.</summary>
    public string? RenamedTo { get; set; }
}
