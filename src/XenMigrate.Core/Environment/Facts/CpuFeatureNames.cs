using System.Collections.Generic;
using System.Linq;

namespace XenMigrate.Environment.Facts;

/// <summary>Where CPUID has each word of features, what its bits are called, and which of them a move need not care for.</summary>
internal static class CpuFeatureNames
{
    // By bit, from 0, as xl's cpuid option has them where it knows them; a dash has no name.
    private static readonly Dictionary<CpuWord, string[]> s_names = new()
    {
        [CpuWord.Word1d] = Bits("fpu vme de pse tsc msr pae mce cx8 apic - sysenter mtrr pge mca cmov pat pse36 psn clflush - ds acpi mmx fxsr sse sse2 ss htt tm ia64 pbe"),
        [CpuWord.Word1c] = Bits("sse3 pclmulqdq dtes64 monitor ds-cpl vmx smx est tm2 ssse3 cntx-id sdbg fma cx16 xtpr pdcm - pcid dca sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave osxsave avx f16c rdrand hypervisor"),
        [CpuWord.WordE1d] = Bits("- - - - - - - - - - - syscall - - - - - - - mp nx - mmxext - - fxsr-opt pdpe1gb rdtscp - lm 3dnowext 3dnow"),
        [CpuWord.WordE1c] = Bits("lahfsahf cmplegacy svm extapic cr8-legacy abm sse4a misalignsse 3dnowprefetch osvw ibs xop skinit wdt - lwp fma4 tce - nodeid - tbm topoext perfctr-core perfctr-nb - bpext perftsc perfctr-l2 mwaitx"),
        [CpuWord.WordDa] = Bits("xsaveopt xsavec xgetbv1 xsaves xfd"),
        [CpuWord.Word7b] = Bits("fsgsbase tsc-adjust sgx bmi1 hle avx2 fdp-excp-only smep bmi2 erms invpcid rtm pqm no-fpu-sel mpx pqe avx512f avx512dq rdseed adx smap avx512ifma - clflushopt clwb proc-trace avx512pf avx512er avx512cd sha avx512bw avx512vl"),
        [CpuWord.Word7c] = Bits("prefetchwt1 avx512-vbmi umip pku ospke waitpkg avx512-vbmi2 cet-ss gfni vaes vpclmulqdq avx512-vnni avx512-bitalg - avx512-vpopcntdq - - - - - - - rdpid - - cldemote - movdiri movdir64b enqcmd - pks"),
        [CpuWord.Word7d] = Bits("- - avx512-4vnniw avx512-4fmaps fsrm - - - avx512-vp2intersect srbds-ctrl md-clear rtm-always-abort - tsx-force-abort serialize hybrid tsxldtrk - - - cet-ibt - - avx512-fp16 - - ibrsb stibp l1d-flush arch-caps core-caps ssbd"),
        [CpuWord.Word7a1] = Bits("- - - - avx-vnni avx512-bf16 - - - - fzrm fsrs fsrcs"),
        [CpuWord.WordE7d] = Bits("- - - - - - - - itsc - efro"),
        [CpuWord.WordE8b] = Bits("clzero - rstr-fp-err-ptrs - - - - - - wbnoinvd - - ibpb - ibrs amd-stibp ibrs-always stibp-always ibrs-fast ibrs-same-mode no-lmsl - - ppin amd-ssbd virt-ssbd ssb-no - psfd btc-no ibpb-ret"),
    };

    // Number of cores, what the kernel itself turns on, and two that are faults of old CPUs rather than abilities of new ones.
    private static readonly Dictionary<CpuWord, string[]> s_nobody = new()
    {
        [CpuWord.Word1d] = ["htt"],
        [CpuWord.Word1c] = ["osxsave", "hypervisor"],
        [CpuWord.WordE1c] = ["cmplegacy"],
        [CpuWord.Word7b] = ["fdp-excp-only", "no-fpu-sel"],
        [CpuWord.Word7c] = ["ospke"],
    };

    // What Xen keeps for itself: virtualisation, power, temperature, debugging and counting.
    private static readonly Dictionary<CpuWord, string[]> s_noGuest = new()
    {
        [CpuWord.Word1d] = ["psn", "ds", "acpi", "ss", "tm", "ia64", "pbe"],
        [CpuWord.Word1c] = ["dtes64", "monitor", "ds-cpl", "vmx", "smx", "est", "tm2", "cntx-id", "sdbg", "xtpr", "pdcm", "dca"],
        [CpuWord.WordE1c] = ["svm", "extapic", "osvw", "ibs", "skinit", "wdt", "nodeid", "topoext", "perfctr-core", "perfctr-nb", "bpext", "perftsc", "perfctr-l2", "mwaitx"],
        [CpuWord.Word7b] = ["sgx", "pqm", "pqe", "proc-trace"],
    };

    /// <summary>Where each word is: leaf, subleaf (all ones if it has none) and register.</summary>
    public static IReadOnlyDictionary<CpuWord, string> Registers { get; } = new Dictionary<CpuWord, string>
    {
        [CpuWord.Word1d] = "00000001:ffffffff:d",
        [CpuWord.Word1c] = "00000001:ffffffff:c",
        [CpuWord.WordE1d] = "80000001:ffffffff:d",
        [CpuWord.WordE1c] = "80000001:ffffffff:c",
        [CpuWord.WordDa] = "0000000d:00000001:a",
        [CpuWord.Word7b] = "00000007:00000000:b",
        [CpuWord.Word7c] = "00000007:00000000:c",
        [CpuWord.Word7d] = "00000007:00000000:d",
        [CpuWord.Word7a1] = "00000007:00000001:a",
        [CpuWord.WordE7d] = "80000007:ffffffff:d",
        [CpuWord.WordE8b] = "80000008:ffffffff:b",
    };

    /// <summary>The names of the bits that are set; one without a name goes by its place.</summary>
    public static IEnumerable<string> Of(CpuWord word, uint bits) =>
        Enumerable.Range(0, 32).Where(bit => (bits & (1u << bit)) != 0).Select(bit =>
            bit < s_names[word].Length && s_names[word][bit] != "-" ? s_names[word][bit] : $"CPUID {Registers[word]} bit {bit}");

    /// <summary>The bits that do not matter.</summary>
    public static uint Ignored(CpuWord word, bool hostOnly) =>
        Mask(word, s_nobody) | (hostOnly ? Mask(word, s_noGuest) : 0);

    private static uint Mask(CpuWord word, Dictionary<CpuWord, string[]> names) =>
        names.TryGetValue(word, out string[]? wanted)
            ? wanted.Select(name => 1u << System.Array.IndexOf(s_names[word], name)).Aggregate(0u, (mask, bit) => mask | bit)
            : 0;

    private static string[] Bits(string names) => names.Split(' ');
}
