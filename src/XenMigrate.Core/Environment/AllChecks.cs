using System.Collections.Generic;
using XenMigrate.Environment.Checks;

namespace XenMigrate.Environment;

/// <summary>Every check, in the order in which it is shown: what has to be mended first comes first.</summary>
internal static class AllChecks
{
    public static IReadOnlyList<Check> InOrder { get; } =
    [
        new SessionCheck(),
        new HostKeyBetweenHostsCheck(),
        new SourceReachesDestinationCheck(),
        new SameToolstackCheck(),
        new XenVersionCheck(),
        new RelocationServerCheck(),
        new RelocationPortCheck(),
        new RelocationReachableCheck(),
        new RelocationAllowedCheck(),
        new RelocationClosedCheck(),
        new RelocationPatternsCheck(),
        new RelocationTlsCheck(),
        new GuestRunningCheck(),
        new DirtyLogCheck(),
        new NoPassthroughCheck(),
        new NameFreeCheck(),
        new NoLeftoversCheck(),
        new FreeMemoryCheck(),
        new BridgesExistCheck(),
        new BridgesAlikeCheck(),
        new ForwardDelayCheck(),
        new DisksExistCheck(),
        new DisksSharedCheck(),
        new TokenRoundTripCheck(),
        new DisksWritableCheck(),
        new ImageFormatCheck(),
        new NfsExportCheck(),
        new DiskInUseCheck(),
    ];
}
