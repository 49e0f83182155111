namespace XenMigrate.Facts;

/// <summary>What Xen compares of two policies besides features: it refuses a guest that was promised more.</summary>
/// <param name="Leaf">The highest leaf of CPUID.</param>
/// <param name="ExtendedLeaf">The highest of those from 80000000 on.</param>
/// <param name="Platform">The bits of MSR_PLATFORM_INFO, of which guests get one: that CPUID can fault.</param>
internal sealed record CpuLimits(uint Leaf, uint ExtendedLeaf, uint Platform)
{
    public static CpuLimits Of(IReadOnlyDictionary<string, uint> registers) => new(
        registers.Of("00000000:ffffffff:a"), registers.Of("80000000:ffffffff:a"), registers.Of("000000ce:low"));

    /// <summary>What this promises and another can't keep, in words.</summary>
    public IEnumerable<string> Beyond(CpuLimits other) => new[]
    {
        Leaf > other.Leaf ? $"CPUID leaves up to {Leaf:x} (it ends at {other.Leaf:x})" : null,
        ExtendedLeaf > other.ExtendedLeaf ? $"CPUID leaves up to {ExtendedLeaf:x} (it ends at {other.ExtendedLeaf:x})" : null,
        (Platform & ~other.Platform) != 0 ? "CPUID faulting" : null,
    }.OfType<string>();
}

/// <summary>Registers by their place, as xen-cpuid -p prints them.</summary>
internal static class CpuRegisters
{
    public static uint Of(this IReadOnlyDictionary<string, uint> registers, string place) =>
        registers.TryGetValue(place, out uint bits) ? bits : 0;
}
