namespace XenMigrate.Checks;

internal sealed class FreeMemoryCheck()
    : GuestCheck("XM-MEM-01", "The destination has enough free memory", CheckCategory.Memory, "InsufficientMemory")
{
    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (pair.Destination.Xen.Value is not { } xen)
        {
            return Unknown(pair.Destination.Xen);
        }

        long needed = NeededMB(guest);
        if (xen.FreeMemoryMB >= needed)
        {
            return Passed($"{pair.Destination.Host} has {xen.FreeMemoryMB} MiB free, {guest.Name} needs {needed}.", pair.Destination.Xen.Evidence);
        }

        string found = $"{pair.Destination.Host} has {xen.FreeMemoryMB} MiB free, {guest.Name} needs {needed}";
        bool isXend = pair.Destination.Toolstack == ToolstackKind.Xend;
        return xen.FreeMemoryMB + (isXend ? GivenByControlDomainMB(pair.Destination) : GivenByLibxlMB(pair.Destination, xen)) >= needed
            ? new Finding(CheckStatus.Warning, $"{found}; {(isXend ? "xend" : "xl")} will take the rest from Domain-0.")
            {
                Remediation = $"Nothing, if Domain-0 of {pair.Destination.Host} can do with {(isXend ? "dom0-min-mem" : "less")}; else free {needed - xen.FreeMemoryMB} MiB there"
                    + (isXend ? "." : ", and keep Domain-0 at one size (dom0_mem= for Xen)."),
                Evidence = pair.Destination.Xen.Evidence,
            }
            : new Finding(CheckStatus.Failed, found + ".")
            {
                Expected = $"{needed} MiB free",
                Actual = $"{xen.FreeMemoryMB} MiB free",
                Remediation = $"Free {needed - xen.FreeMemoryMB} MiB on {pair.Destination.Host}: stop or move a guest, or shrink its Domain-0 ({(guest.Toolstack == ToolstackKind.Xend ? "xm" : "xl")} mem-set 0).",
                Evidence = pair.Destination.Xen.Evidence,
            };
    }

    /// <summary>xend shrinks Domain-0 down to dom0-min-mem when a guest comes, and never if that is 0.</summary>
    public static long GivenByControlDomainMB(HostFacts host) =>
        host.Relocation?.Configuration.Value is { Dom0Ballooning: true, Dom0MinimumMemoryMB: > 0 and long least }
            && host.Guests.Value?.FirstOrDefault(guest => guest.IsControlDomain) is { } control
            ? Math.Max(0, control.MemoryMB - least)
            : 0;

    private static long GivenByLibxlMB(HostFacts host, XenInformation xen) =>
        host.AutoBallooning?.Value?.IsOn(xen) == true
            && host.Guests.Value?.FirstOrDefault(guest => guest.IsControlDomain) is { } control
            ? Math.Max(0, control.MemoryMB - AutoBallooning.LeastMB)
            : 0;

    /// <summary>
    /// What libxl asks for: the memory and 1 MiB of slack for every guest; for one that is not PV the shadow pool as
    /// well, 1 MiB a virtual CPU and 8 KiB for each MiB of memory.
    /// </summary>
    internal static long NeededMB(Guest guest) => guest.Type == GuestType.PV
        ? guest.MemoryMB + 1
        : guest.MemoryMB + 1 + guest.MaximumVCpu + (((guest.MaximumMemoryMB * 8) + 1023) / 1024);
}
