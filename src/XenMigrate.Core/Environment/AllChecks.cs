using System.Collections.Generic;
using XenMigrate.Environment.Checks;

namespace XenMigrate.Environment;

/// <summary>Every check, in the order in which it is shown: what has to be mended first comes first.</summary>
internal static class AllChecks
{
    public static IReadOnlyList<Check> InOrder { get; } =
    [
        new SessionCheck(),
        new PortOpenCheck(),
        new HostKeyBetweenHostsCheck(),
        new SourceReachesDestinationCheck(),
        new NotItselfCheck(),
        new SameToolstackCheck(),
        new XenVersionCheck(),
        new SaveFormatCheck(),
        new PlatformCheck(),
        new CpuVendorCheck(),
        new ClockOffsetCheck(),
        new TimeSynchronisedCheck(),
        new RelocationServerCheck(),
        new RelocationPortCheck(),
        new RelocationReachableCheck(),
        new RelocationAllowedCheck(),
        new RelocationClosedCheck(),
        new RelocationPatternsCheck(),
        new RelocationTlsCheck(),
        new GuestRunningCheck(),
        new DirtyLogCheck(),
        new CanSuspendCheck(),
        new NoPassthroughCheck(),
        new NoVirtualNumaCheck(),
        new MigrationAllowedCheck(),
        new NoMediumCheck(),
        new CpuFeaturesCheck(),
        new TscFrequencyCheck(),
        new UptimeOrderCheck(),
        new NameFreeCheck(),
        new NoLeftoversCheck(),
        new FreeMemoryCheck(),
        new ShadowMemoryCheck(),
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
