namespace XenMigrate.Checks;

/// <summary>
/// A live move needs to know which pages the guest writes meanwhile. For a PV guest Xen learns that from shadow page
/// tables, which distributions have begun to build without (XSA-495); for others from HAP or shadow.
/// </summary>
internal sealed class DirtyLogCheck()
    : GuestCheck("XM-GST-02", "The source's Xen can log the pages that the guest writes", CheckCategory.Guest, "LogDirtyUnsupported")
{
    /// <summary>The first version that could be built without shadow paging.</summary>
    private static readonly Version s_canBeWithout = new(4, 6);

    /// <summary>The first version whose virt_caps tells of hap and shadow.</summary>
    private static readonly Version s_tells = new(4, 13);

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (!moving.Live)
        {
            return Skipped("Only a live move needs it.");
        }

        if (pair.Source.Xen.Value is not { } xen)
        {
            return Unknown(pair.Source.Xen);
        }

        bool can = xen.Capabilities.Contains("shadow")
            || (guest.Type is GuestType.HVM or GuestType.PVH && xen.Capabilities.Contains("hap"));
        if (can)
        {
            return Passed($"{pair.Source.Host} can log the pages that {guest.Name} writes.", pair.Source.Xen.Evidence);
        }

        if (xen.Version < s_canBeWithout)
        {
            return Passed($"Xen {xen.VersionText} on {pair.Source.Host} can log written pages, since none that old was built without.", pair.Source.Xen.Evidence);
        }

        return xen.Version < s_tells
            ? new Finding(CheckStatus.Warning, $"Xen {xen.VersionText} on {pair.Source.Host} does not tell whether it can.")
            {
                Expected = "hap or shadow in virt_caps",
                Actual = "no virt_caps",
                Remediation = "Builds of that time could. If the move fails at once, move the guest without -Live.",
                Evidence = pair.Source.Xen.Evidence,
            }
            : Failed(pair, guest, xen);
    }

    private static Finding Failed(PairFacts pair, Guest guest, XenInformation xen) => new(
        CheckStatus.Failed,
        $"Xen {xen.VersionText} on {pair.Source.Host} is built without shadow paging, so it can't log the pages that {guest.Type} guest {guest.Name} writes.")
    {
        Expected = guest.Type == GuestType.PV ? "shadow in virt_caps" : "hap or shadow in virt_caps",
        Actual = string.Join(" ", xen.Capabilities),
        Remediation = $"Move it without -Live, or boot {pair.Source.Host} with a hypervisor built with CONFIG_SHADOW_PAGING.",
        Evidence = pair.Source.Xen.Evidence,
    };
}
