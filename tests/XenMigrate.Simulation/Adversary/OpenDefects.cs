using XenMigrate.Simulation.Xen;

namespace XenMigrate.Simulation.Adversary;

/// <summary>
/// What the engine does not get right yet, with a seed that shows it: nobody does it, unless it is asked for by "open". A
/// defect that is mended goes from here.
/// </summary>
internal static class OpenDefects
{
    /// <summary>
    /// A guest that somebody renames in mid-move is taken for lost, and to start a second copy is advised; one that is
    /// renamed at its destination is left there, paused.
    /// </summary>
    public static bool MayRename => false;

    /// <summary>Of a guest that went to a third host meanwhile, it is advised to start it from its configuration.</summary>
    public static bool MayGiveBadAdvice => true;

    /// <summary>
    /// The source kept a suspended copy, since the last word of the handshake was lost. The guest runs at the destination, and
    /// goes from there, with its host or to a third one: then the repair, and the result's advice, wake the source's copy,
    /// which has old memory. Neither host shows any more that it ran.
    /// </summary>
    public static bool MayGo(World world, GuestTruth guest) => !world.CopiesOf(guest).Any(
        at => at.Copy is { State: CopyState.Suspended } && at.Copy.Name.EndsWith("--migratedaway", StringComparison.Ordinal));
}
