namespace XenMigrate.Facts;

/// <summary>CPU features, in the words of 32 that CPUID has them in. A word that is not there is not known.</summary>
internal sealed record CpuFeatures(IReadOnlyDictionary<CpuWord, uint> Words)
{
    private static readonly Version s_xensOwnOrder = new(4, 7);

    // As Linux kept them, and Xen after it; what is null is Linux's own invention.
    private static readonly CpuWord?[] s_oldOrder =
        [CpuWord.Word1d, CpuWord.WordE1d, null, null, CpuWord.Word1c, null, CpuWord.WordE1c, CpuWord.Word7b0];

    private static readonly CpuWord?[] s_newOrder = [.. CpuFeatureNames.Registers.Keys.OrderBy(word => word).Select(word => (CpuWord?)word)];

    /// <summary>What the policy promises besides features; null where only features are known.</summary>
    public CpuLimits? Limits { get; init; }

    /// <param name="registers">By "leaf:subleaf:register", each of eight hexadecimal digits; those of 0 are not printed.</param>
    public static CpuFeatures OfRegisters(IReadOnlyDictionary<string, uint> registers) =>
        new(CpuFeatureNames.Registers.ToDictionary(word => word.Key, word => Own(word.Key, registers.Of(word.Value))))
        {
            Limits = CpuLimits.Of(registers),
        };

    /// <summary>Reads hw_caps of xl info or xm info, or a featureset of xen-cpuid; null if it is nothing of the kind.</summary>
    public static CpuFeatures? OfHardware(string? capabilities, Version xen)
    {
        CpuWord?[] order = xen < s_xensOwnOrder ? s_oldOrder : s_newOrder;
        Dictionary<CpuWord, uint> words = [];
        string[] texts = capabilities?.Split(':') ?? [];
        for (int i = 0; i < Math.Min(texts.Length, order.Length); i++)
        {
            if (!uint.TryParse(texts[i].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint bits))
            {
                return null;
            }

            if (order[i] is { } word)
            {
                words[word] = Own(word, bits);
            }
        }

        return words.Count > 0 ? new CpuFeatures(words) : null;
    }

    /// <summary>The same in the order of Xen 4.7 and newer.</summary>
    public static CpuFeatures? OfFeatureset(string words) => OfHardware(words, s_xensOwnOrder);

    /// <summary>The names of what this has and another has not; what only one of them knows is left out.</summary>
    /// <param name="other">What should have them as well.</param>
    /// <param name="hostOnly">Whether to leave out what no guest is given.</param>
    public IReadOnlyList<string> MissingIn(CpuFeatures other, bool hostOnly) =>
    [
        .. Words.Where(word => other.Words.ContainsKey(word.Key)).SelectMany(word => CpuFeatureNames.Of(
            word.Key, CpuFeatureNames.Mattering(word.Key, word.Value & ~other.Words[word.Key], hostOnly))),
        .. Limits is { } limits && other.Limits is { } others ? limits.Beyond(others) : [],
    ];

    private static uint Own(CpuWord word, uint bits) => word == CpuWord.WordE1d ? bits & ~CpuFeatureNames.Repeated : bits;
}
