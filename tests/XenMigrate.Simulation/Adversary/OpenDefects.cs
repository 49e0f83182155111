using XenMigrate.Simulation.Xen;

namespace XenMigrate.Simulation.Adversary;

/// <summary>
/// What the engine does not get right yet, with a seed that shows it: nobody does it, unless it is asked for by "open". A
/// defect that is mended goes from here.
/// </summary>
internal static class OpenDefects
{
    /// <summary>Without a journal nobody knows the guest's uuid: who repairs it by its old name finds nothing.</summary>
    public static bool MayRename(World world) => world.JournalFolder is not null;

    /// <summary>
    /// A guest goes while an older copy of it is left somewhere, and no host shows any more that it ran: then that copy is
    /// taken for the guest. In a live move, the source keeps a suspended copy if the last word of the handshake is lost; the
    /// guest goes from the destination with its host. In an offline move, somebody lets the source's copy
    /// run, and it goes from there; what was restored at the destination is left.
    /// </summary>
    public static bool MayGo(World world, GuestTruth guest) => world.CopiesOf(guest)
        .All(at => at.Copy.IsCurrent || at.Copy.Name.EndsWith("--incoming", StringComparison.Ordinal))
        && !world.Images.Values.Any(image => image.Guest == guest && image.Memory != guest.Disks);
}
