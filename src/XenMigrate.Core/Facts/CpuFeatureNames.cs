namespace XenMigrate.Facts;

/// <summary>
/// Where each word of features is, what xen-cpuid calls its bits (and xl's option cpuid with it), and which of them a
/// move need not care for.
/// </summary>
internal static class CpuFeatureNames
{
    /// <summary>What AMD and Hygon repeat of leaf 1 in leaf 80000001: no features of their own, so Xen compares them once.</summary>
    public const uint Repeated = 0x0183f3ff;

    // By bit, from 0; a dash has no name.
    private static readonly Dictionary<CpuWord, string[]> s_names = new()
    {
        [CpuWord.Word1d] = Bits("fpu vme de pse tsc msr pae mce cx8 apic - sep mtrr pge mca cmov pat pse36 - clflush - ds acpi mmx fxsr sse sse2 ss htt tm1 - pbe"),
        [CpuWord.Word1c] = Bits("sse3 pclmulqdq dtes64 monitor dscpl vmx smx eist tm2 ssse3 - sdbg fma cx16 xtpr pdcm - pcid dca sse4-1 sse4-2 x2apic movbe popcnt tsc-deadline aesni xsave osxsave avx f16c rdrand hypervisor"),
        [CpuWord.WordE1d] = Bits("- - - - - - - - - - - syscall - - - - - - - - nx - mmxext - - ffxsr page1gb rdtscp - lm 3dnowext 3dnow"),
        [CpuWord.WordE1c] = Bits("lahf-lm cmp-legacy svm extapic cr8-legacy abm sse4a misalignsse 3dnowprefetch osvw ibs xop skinit wdt - lwp fma4 - - nodeid-msr - tbm topoext - - - dbext - - monitorx addr-msk-ext"),
        [CpuWord.WordDa1] = Bits("xsaveopt xsavec xgetbv1 xsaves xfd"),
        [CpuWord.Word7b0] = Bits("fsgsbase tsc-adjust sgx bmi1 hle avx2 fdp-excp-only smep bmi2 erms invpcid rtm pqm no-fpu-sel mpx pqe avx512f avx512dq rdseed adx smap avx512-ifma - clflushopt clwb proc-trace avx512pf avx512er avx512cd sha avx512bw avx512vl"),
        [CpuWord.Word7c0] = Bits("prefetchwt1 avx512-vbmi umip pku ospke waitpkg avx512-vbmi2 cet-ss gfni vaes vpclmulqdq avx512-vnni avx512-bitalg tme avx512-vpopcntdq - la57 - - - - - rdpid - bld cldemote - movdiri movdir64b enqcmd sgx-lc pks"),
        [CpuWord.WordE7d] = Bits("- - - - - - - hw-pstate itsc cpb efro"),
        [CpuWord.WordE8b] = Bits("clzero - rstr-fp-err-ptrs - - - - - - wbnoinvd - - ibpb - ibrs amd-stibp ibrs-always stibp-always ibrs-fast ibrs-same-mode no-lmsl - - amd-ppin amd-ssbd virt-ssbd ssb-no cppc psfd btc-no ibpb-ret"),
        [CpuWord.Word7d0] = Bits("- sgx-keys avx512-4vnniw avx512-4fmaps fsrm uintr - - avx512-vp2intersect srbds-ctrl md-clear rtm-always-abort - tsx-force-abort serialize hybrid tsxldtrk - pconfig arch-lbr cet-ibt - amx-bf16 avx512-fp16 amx-tile amx-int8 ibrsb stibp l1d-flush arch-caps core-caps ssbd"),
        [CpuWord.Word7a1] = Bits("sha512 sm3 sm4 - avx-vnni avx512-bf16 lass cmpccxadd arch-perf-mon - fzrm fsrs fsrcs - - - - fred lkgs wrmsrns nmi-src amx-fp16 - avx-ifma - - lam msrlist - - no-invd movrs"),
        [CpuWord.WordE21a] = Bits("no-nest-bp fs-gs-ns lfence-dispatch - - verw-clear nscb - auto-ibrs - amd-fsrs amd-fsrc - - - - - cpuid-user-dis epsf fsrsc amd-prefetchi - - avx512-bmm - - - sbpb ibpb-brtype srso-no srso-us-no srso-msr-fix"),
        [CpuWord.Word7b1] = Bits("intel-ppin"),
        [CpuWord.Word7d2] = Bits("intel-psfd ipred-ctrl rrsba-ctrl ddp-ctrl bhi-ctrl mcdt-no uc-lock-dis"),
        [CpuWord.Word7c1] = Bits("-"),
        [CpuWord.Word7d1] = Bits("- - - - avx-vnni-int8 avx-ne-convert - - amx-complex - avx-vnni-int16 - - - prefetchi - - uiret-uif cet-sss - - - - - slsm"),
        [CpuWord.WordM10AL] = Bits("rdcl-no eibrs rsba skip-l1dfl intel-ssb-no mds-no if-pschange-mc-no tsx-ctrl taa-no mcu-ctrl misc-pkg-ctrl energy-filtering doitm sbdr-ssdp-no fbsdp-no psdp-no mcu-ext fb-clear fb-clear-ctrl rrsba bhi-no xapic-status - ovrclk-status pbrsb-no gds-ctrl gds-no rfds-no rfds-clear ign-umonitor mon-umon-mitg"),
        [CpuWord.WordM10AH] = Bits("pb-opt-ctrl - - - - - - - - - - - - - - - - - - - - - - - - - - - - - its-no"),
        [CpuWord.WordE21c] = Bits("- tsa-sq-no tsa-l1-no"),
    };

    // How many cores there are is the toolstack's to say; Xen and the kernel turn on some of themselves, and emulate the
    // interrupt controller; and some say "you may meet a CPU with this fault", which is true anywhere.
    private static readonly HashSet<string> s_nobody =
    [
        "htt", "cmp-legacy", "hypervisor", "osxsave", "ospke", "apic", "x2apic", "erms", "fdp-excp-only", "no-fpu-sel", "no-lmsl", "fs-gs-ns",
        "md-clear", "fb-clear", "rfds-clear", "verw-clear", "rsba", "rrsba", "rtm-always-abort",
    ];

    // What Xen keeps for itself unless told otherwise: virtualisation, power, temperature, debugging and counting.
    private static readonly HashSet<string> s_noGuest =
    [
        "ds", "acpi", "ss", "tm1", "pbe", "dtes64", "monitor", "dscpl", "vmx", "smx", "eist", "tm2", "sdbg", "xtpr", "pdcm", "dca",
        "svm", "extapic", "osvw", "ibs", "skinit", "wdt", "lwp", "nodeid-msr", "topoext", "dbext", "monitorx", "xfd", "sgx", "pqm", "pqe",
        "proc-trace", "avx512pf", "avx512er", "waitpkg", "cet-ss", "tme", "la57", "bld", "enqcmd", "sgx-lc", "hw-pstate", "itsc", "cpb", "efro",
    ];

    /// <summary>Where each word is, as xen-cpuid -p prints it: leaf, subleaf (all ones if it has none) and register, or half a model-specific register.</summary>
    public static IReadOnlyDictionary<CpuWord, string> Registers { get; } = new Dictionary<CpuWord, string>
    {
        [CpuWord.Word1d] = "00000001:ffffffff:d",
        [CpuWord.Word1c] = "00000001:ffffffff:c",
        [CpuWord.WordE1d] = "80000001:ffffffff:d",
        [CpuWord.WordE1c] = "80000001:ffffffff:c",
        [CpuWord.WordDa1] = "0000000d:00000001:a",
        [CpuWord.Word7b0] = "00000007:00000000:b",
        [CpuWord.Word7c0] = "00000007:00000000:c",
        [CpuWord.WordE7d] = "80000007:ffffffff:d",
        [CpuWord.WordE8b] = "80000008:ffffffff:b",
        [CpuWord.Word7d0] = "00000007:00000000:d",
        [CpuWord.Word7a1] = "00000007:00000001:a",
        [CpuWord.WordE21a] = "80000021:ffffffff:a",
        [CpuWord.Word7b1] = "00000007:00000001:b",
        [CpuWord.Word7d2] = "00000007:00000002:d",
        [CpuWord.Word7c1] = "00000007:00000001:c",
        [CpuWord.Word7d1] = "00000007:00000001:d",
        [CpuWord.WordM10AL] = "0000010a:low",
        [CpuWord.WordM10AH] = "0000010a:high",
        [CpuWord.WordE21c] = "80000021:ffffffff:c",
    };

    /// <summary>The names of the bits that are set; one without a name goes by its place.</summary>
    public static IEnumerable<string> Of(CpuWord word, uint bits) =>
        Set(bits).Select(bit => Name(word, bit) ?? $"CPUID {Registers[word]} bit {bit}");

    /// <summary>Which of some bits matter to a guest.</summary>
    /// <param name="word">The word that they are of.</param>
    /// <param name="bits">Them.</param>
    /// <param name="hostOnly">Whether they are a host's, of which no guest is given all.</param>
    public static uint Mattering(CpuWord word, uint bits, bool hostOnly) => Set(bits)
        .Where(bit => Name(word, bit) is { } name ? !s_nobody.Contains(name) && !(hostOnly && s_noGuest.Contains(name)) : !hostOnly)
        .Aggregate(0u, (mask, bit) => mask | (1u << bit));

    private static string? Name(CpuWord word, int bit) =>
        bit < s_names[word].Length && s_names[word][bit] != "-" ? s_names[word][bit] : null;

    private static IEnumerable<int> Set(uint bits) => Enumerable.Range(0, 32).Where(bit => (bits & (1u << bit)) != 0);

    private static string[] Bits(string names) => names.Split(' ');
}

/// <summary>The words of features in Xen's own order: the leaf of CPUID (e for 0x8000…) and the register, or a model-specific register.</summary>
internal enum CpuWord
{
    Word1d,
    Word1c,
    WordE1d,
    WordE1c,
    WordDa1,
    Word7b0,
    Word7c0,
    WordE7d,
    WordE8b,
    Word7d0,
    Word7a1,
    WordE21a,
    Word7b1,
    Word7d2,
    Word7c1,
    Word7d1,
    WordM10AL,
    WordM10AH,
    WordE21c,
}
