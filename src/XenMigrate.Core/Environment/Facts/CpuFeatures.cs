using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace XenMigrate.Environment.Facts;

/// <summary>CPU features, in the words of 32 that CPUID has them in. A word that is not there is not known.</summary>
internal sealed record CpuFeatures(IReadOnlyDictionary<CpuWord, uint> Words)
{
    private static readonly Version s_xensOwnOrder = new(4, 7);

    // As Linux kept them, and Xen after it; what is null is Linux's own invention.
    private static readonly CpuWord?[] s_oldOrder =
        [CpuWord.Word1d, CpuWord.WordE1d, null, null, CpuWord.Word1c, null, CpuWord.WordE1c, CpuWord.Word7b];

    private static readonly CpuWord?[] s_newOrder =
        [CpuWord.Word1d, CpuWord.Word1c, CpuWord.WordE1d, CpuWord.WordE1c, CpuWord.WordDa, CpuWord.Word7b, CpuWord.Word7c, null];

    /// <param name="leaves">Registers by "leaf:subleaf:register", each of eight hexadecimal digits.</param>
    public static CpuFeatures OfLeaves(IReadOnlyDictionary<string, uint> leaves) => new(
        CpuFeatureNames.Registers.ToDictionary(
            word => word.Key,
            // Leaves that are all 0 are not printed.
            word => leaves.TryGetValue(word.Value, out uint bits) ? bits : 0));

    /// <summary>Reads hw_caps of xl info or xm info; null if it is nothing of the kind.</summary>
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
                words[word] = bits;
            }
        }

        return words.Count > 0 ? new CpuFeatures(words) : null;
    }

    /// <summary>The names of what this has and another has not; words that only one of them knows are left out.</summary>
    /// <param name="other">What should have them as well.</param>
    /// <param name="hostOnly">Whether to leave out what no guest is given.</param>
    public IReadOnlyList<string> MissingIn(CpuFeatures other, bool hostOnly) =>
    [
        .. Words.Where(word => other.Words.ContainsKey(word.Key)).SelectMany(word => CpuFeatureNames.Of(
            word.Key,
            word.Value & ~other.Words[word.Key] & ~CpuFeatureNames.Ignored(word.Key, hostOnly))),
    ];
}

/// <summary>A word of features: the leaf of CPUID and the register, e for 0x8000…</summary>
internal enum CpuWord
{
    Word1d,
    Word1c,
    WordE1d,
    WordE1c,
    WordDa,
    Word7b,
    Word7c,
    Word7d,
    Word7a1,
    WordE7d,
    WordE8b,
}
