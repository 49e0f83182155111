using XenMigrate.Environment.Facts;
using XenMigrate.Guests;
using XenMigrate.Toolstacks;

namespace XenMigrate.Environment.Checks;

internal sealed class FreeMemoryCheck : GuestCheck
{
    public override string Id => "XM-MEM-01";

    public override string Name => "The destination has enough free memory";

    public override CheckCategory Category => CheckCategory.Memory;

    public override string ErrorId => "InsufficientMemory";

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (pair.Destination.Xen.Value is not { } xen)
        {
            return Unknown(pair.Destination.Xen);
        }

        long needed = NeededMB(guest);
        return xen.FreeMemoryMB >= needed
            ? Passed($"{pair.Destination.Host} has {xen.FreeMemoryMB} MiB free, {guest.Name} needs {needed}.", pair.Destination.Xen.Evidence)
            : new Finding(CheckStatus.Failed, $"{pair.Destination.Host} has {xen.FreeMemoryMB} MiB free, {guest.Name} needs {needed}.")
            {
                Expected = $"{needed} MiB free",
                Actual = $"{xen.FreeMemoryMB} MiB free",
                Remediation = $"Free {needed - xen.FreeMemoryMB} MiB on {pair.Destination.Host}: stop or move a guest, or shrink its Domain-0 ({guest.Toolstack.Tool()} mem-set 0).",
                Evidence = pair.Destination.Xen.Evidence,
            };
    }

    /// <summary>
    /// What libxl asks for: the memory and 1 MiB of slack for every guest; for one that is not PV the shadow pool as
    /// well, 1 MiB a virtual CPU and 8 KiB for each MiB of memory.
    /// </summary>
    private static long NeededMB(Guest guest) => guest.Type == GuestType.PV
        ? guest.MemoryMB + 1
        : guest.MemoryMB + 1 + guest.MaximumVCpu + (((guest.MaximumMemoryMB * 8) + 1023) / 1024);
}
