namespace XenMigrate.Checks;

/// <summary>xend gives a guest memory for shadow page tables before it moves it live, and fails if the source has none left.</summary>
internal sealed class ShadowMemoryCheck()
    : GuestCheck("XM-MEM-02", "The source has memory for the guest's shadow page tables", CheckCategory.Memory, "InsufficientMemory")
{
    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (guest.Toolstack != ToolstackKind.Xend)
        {
            return Skipped($"It is about xend, and {pair.Source.Host} has {guest.Toolstack}.");
        }

        if (!moving.Live)
        {
            return Skipped("Only a live move needs it.");
        }

        if (pair.Source.Xen.Value is not { } xen)
        {
            return Unknown(pair.Source.Xen);
        }

        long needed = NeededMB(guest);
        long free = xen.FreeMemoryMB + FreeMemoryCheck.GivenByControlDomainMB(pair.Source);
        string found = $"{pair.Source.Host} has {free} MiB to give, and the shadow page tables of {guest.Name} need {needed} more";
        return free >= needed
            ? Passed(found + ".", pair.Source.Xen.Evidence)
            : new Finding(CheckStatus.Failed, found + ".")
            {
                Expected = $"{needed} MiB free on {pair.Source.Host}",
                Actual = $"{free} MiB free",
                Remediation = $"Free {needed - free} MiB on {pair.Source.Host}: shrink its Domain-0 (xm mem-set 0) or another guest; or move {guest.Name} without -Live.",
                Evidence = pair.Source.Xen.Evidence,
            };
    }

    /// <summary>1 MiB for each virtual CPU and 4 KiB for each MiB of memory, less what it has.</summary>
    private static long NeededMB(Guest guest)
    {
        long whole = guest.MaximumVCpu + (((guest.MaximumMemoryMB * 4) + 1023) / 1024);
        return whole > guest.Traits.ShadowMemoryMB ? whole - guest.Traits.ShadowMemoryMB : 0;
    }
}
