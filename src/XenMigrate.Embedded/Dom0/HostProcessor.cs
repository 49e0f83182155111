namespace XenMigrate.Embedded.Dom0;

/// <summary>A host's CPU, as /proc/cpuinfo and xm info show it.</summary>
/// <param name="Vendor">Its maker, as CPUID has it.</param>
/// <param name="Model">The name that the maker gave it.</param>
/// <param name="MHz">The rate of its time stamp counter.</param>
/// <param name="Capabilities">hw_caps.</param>
internal sealed record HostProcessor(string Vendor, string Model, double MHz, string Capabilities)
{
    public static HostProcessor Xeon { get; } = new(
        "GenuineIntel",
        "Intel(R) Xeon(R) CPU            5130  @ 2.00GHz",
        1995.005,
        "bfebfbff:20100800:00000000:00000140:0004e3bd:00000000:00000001");

    /// <summary>An older one, which lacks SSSE3 and LAHF in long mode.</summary>
    public static HostProcessor OldXeon { get; } = new(
        "GenuineIntel",
        "Intel(R) Xeon(TM) CPU 2.80GHz",
        2793.182,
        "bfebfbff:20100800:00000000:00000180:0000641d:00000000:00000000");

    /// <summary>One of the same family with all its features, whose time stamp counter runs faster.</summary>
    public static HostProcessor FastXeon { get; } = Xeon with
    {
        Model = "Intel(R) Xeon(R) CPU            5140  @ 2.33GHz",
        MHz = 2333.334,
    };

    public static HostProcessor Opteron { get; } = new(
        "AuthenticAMD",
        "Dual-Core AMD Opteron(tm) Processor 2212",
        1995.005,
        "178bfbff:ebd3fbff:00000000:00000010:00002001:00000000:0000001f");

    /// <summary>One by its name here.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static HostProcessor Named(string name) => name.ToUpperInvariant() switch
    {
        "XEON" => Xeon,
        "OLDXEON" => OldXeon,
        "FASTXEON" => FastXeon,
        "OPTERON" => Opteron,
        _ => throw new ArgumentException($"There is no CPU {name}: Xeon, OldXeon, FastXeon and Opteron are there.", nameof(name)),
    };
}
