namespace XenMigrate.Checks;

/// <summary>
/// A guest goes on using what it found when it started: where the destination's CPU lacks it, the guest crashes some
/// time after a move that seemed to succeed.
/// </summary>
internal sealed class CpuFeaturesCheck()
    : GuestCheck("XM-CPU-02", "The destination's CPU has every feature of the guest's", CheckCategory.Cpu, "CpuIncompatible")
{
    private const int Named = 3;

    /// <summary>Since then guests are given features that hw_caps does not tell of, so that it can't prove that none is missing.</summary>
    private static readonly Version s_moreWords = new(4, 7);

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (pair.Source.Machine.Processor.Value is { } here && pair.Destination.Machine.Processor.Value is { } there
            && here.Vendor != there.Vendor)
        {
            return Skipped("The hosts' CPUs are of two makers: see XM-CPU-01.");
        }

        return ByPolicy(pair, guest) ?? ByKind(pair, guest) ?? ByHardware(pair, guest) ?? ByModel(pair, guest);
    }

    /// <summary>What the guest was given, against what the destination can give to one of its kind.</summary>
    private static Finding? ByPolicy(PairFacts pair, Guest guest)
    {
        if (guest.Id is not { } id
            || !pair.Source.Domains.TryGetValue(id, out DomainFacts? domain)
            || domain.Policy?.Value?.ByName.Values.FirstOrDefault() is not { } given
            || pair.Destination.Policies?.Value?.Most(Kind(guest)) is not { } most)
        {
            return null;
        }

        Evidence evidence = pair.Destination.Policies.Evidence;
        IReadOnlyList<string> missing = given.MissingIn(most, hostOnly: false);
        return missing.Count == 0
            ? Passed($"{pair.Destination.Host} can give {guest.Name} every CPU feature that it has.", evidence)
            : Failed(pair, guest, missing, $"{guest.Name} has CPU features that {pair.Destination.Host} can't give it", evidence);
    }

    /// <summary>What the source can give to guests of its kind, where it does not tell what it gave to this one.</summary>
    private static Finding? ByKind(PairFacts pair, Guest guest)
    {
        if (pair.Source.Policies?.Value?.Most(Kind(guest)) is not { } here
            || pair.Destination.Policies?.Value?.Most(Kind(guest)) is not { } there)
        {
            return null;
        }

        Evidence evidence = pair.Destination.Policies.Evidence;
        IReadOnlyList<string> missing = here.MissingIn(there, hostOnly: false);
        return missing.Count == 0
            ? Passed($"{pair.Destination.Host} can give to {Kind(guest)} guests every CPU feature that {pair.Source.Host} can.", evidence)
            : Unknown(
                $"{pair.Destination.Host} can't give all CPU features to {Kind(guest)} guests that {pair.Source.Host} can ({Few(missing)}), and {pair.Source.Host} does not tell which {guest.Name} has.",
                $"In {guest.Name}, compare them with the flags in /proc/cpuinfo. If it has none of them: Move-Guest -SkipCheck XM-CPU-02",
                evidence);
    }

    /// <summary>
    /// What the source's CPU has, of which the guest may use all that guests are given. Xen may have given it less, so that what
    /// the destination lacks does not disprove that it can go.
    /// </summary>
    private static Finding? ByHardware(PairFacts pair, Guest guest)
    {
        if (pair.Source.Xen.Value is not { } source
            || pair.Destination.Xen.Value is not { } destination
            || CpuFeatures.OfHardware(source.HardwareCapabilities, source.Version) is not { } here
            || CpuFeatures.OfHardware(destination.HardwareCapabilities, destination.Version) is not { } there)
        {
            return null;
        }

        IReadOnlyList<string> missing = here.MissingIn(there, hostOnly: true);
        if (missing.Count == 0 && source.Version >= s_moreWords)
        {
            return null;
        }

        return missing.Count == 0
            ? Passed(
                $"{pair.Destination.Host} has every CPU feature of {pair.Source.Host} that hw_caps tells of and guests are given.",
                pair.Destination.Xen.Evidence)
            : Failed(
                pair, guest, missing, $"{pair.Destination.Host} lacks CPU features that {pair.Source.Host} has, and {pair.Source.Host} does not tell which of them {guest.Name} was given", pair.Destination.Xen.Evidence)
                with
                {
                    Status = CheckStatus.Unknown,
                    Remediation = $"In {guest.Name}, compare them with the flags in /proc/cpuinfo. If it has none of them: Move-Guest -SkipCheck XM-CPU-02",
                };
    }

    private static Finding ByModel(PairFacts pair, Guest guest)
    {
        Answer<Processor> there = pair.Destination.Machine.Processor;
        Answer<Processor> here = pair.Source.Machine.Processor;
        if (here.Value is not { } source || there.Value is not { } destination)
        {
            return Unknown(here.Value is null ? here : there);
        }

        return source.Model is { } model && model == destination.Model
            ? Passed($"Both hosts have {model}.", there.Evidence)
            : Unknown(
                $"Neither xen-cpuid nor hw_caps tells whether {pair.Destination.Host} ({destination.Model}) has the CPU features that {guest.Name} got on {pair.Source.Host} ({source.Model}).",
                $"Compare the flags in /proc/cpuinfo on {pair.Source.Host} and {pair.Destination.Host}. If it lacks none: Move-Guest -SkipCheck XM-CPU-02",
                there.Evidence);
    }

    private static Finding Failed(PairFacts pair, Guest guest, IReadOnlyList<string> missing, string found, Evidence evidence) =>
        new(CheckStatus.Failed, $"{found}: {Few(missing)}.")
        {
            Expected = "none missing",
            Actual = string.Join(", ", missing),
            Remediation = Remedy(pair, guest, [.. missing.Where(name => !name.Contains(' '))]),
            Evidence = evidence,
        };

    private static string Remedy(PairFacts pair, Guest guest, string[] names) => names.Length == 0
        ? "Choose another destination, with a CPU as new as the source's."
        : $"Start {guest.Name} on {pair.Source.Host} without them (cpuid = \"host,{string.Join(",", names.Select(name => name + "=0"))}\" in its configuration), "
            + $"boot {pair.Source.Host} with Xen's cpuid= option, or choose another destination.";

    /// <summary>PVH guests are given what HVM guests are.</summary>
    private static string Kind(Guest guest) => guest.Type == GuestType.PV ? "PV" : "HVM";

    private static string Few(IReadOnlyList<string> names) => names.Count <= Named + 1
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(Named))} and {names.Count - Named} more";
}
