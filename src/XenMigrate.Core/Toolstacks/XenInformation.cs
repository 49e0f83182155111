namespace XenMigrate.Toolstacks;

/// <summary>What a toolstack says of its host's hypervisor. Memory is in MiB.</summary>
/// <param name="Version">Major and minor.</param>
/// <param name="VersionText">The whole version.</param>
/// <param name="TotalMemoryMB">Memory of the host.</param>
/// <param name="FreeMemoryMB">Memory that a new guest could have.</param>
/// <param name="Scheduler">The CPU scheduler.</param>
/// <param name="Capabilities">xl's virt_caps: pv, hvm, hap, shadow …</param>
internal sealed record XenInformation(
    Version Version,
    string VersionText,
    long TotalMemoryMB,
    long FreeMemoryMB,
    string? Scheduler,
    IReadOnlyList<string> Capabilities)
{
    /// <summary>hw_caps: the host's CPU features as words in hexadecimal digits, with colons between; null if not told.</summary>
    public string? HardwareCapabilities { get; init; }

    /// <summary>The rate of the host's time stamp counter, MHz; null if not told.</summary>
    public double? ProcessorMHz { get; init; }

    /// <summary>What the hypervisor was booted with; null if not told.</summary>
    public string? CommandLine { get; init; }
}
