namespace XenMigrate.SaveHelpers;

/// <summary>What a host has of helpers.</summary>
/// <param name="Stranger">What is not safe from others in the folders that all of them are in; null if all is.</param>
/// <param name="Installed">Each of them.</param>
/// <param name="Daemons">The program that each daemon of libvirt's was given in place of Xen's helper.</param>
internal sealed record HelperFindings(string? Stranger, IReadOnlyList<InstalledHelper> Installed, IReadOnlyList<string> Daemons)
{
    /// <summary>What is to be said of the host, for a module with this package: of several helpers, the best counts.</summary>
    public MigrationHelper Evaluate(string host, HelperPackage package) => Stranger is { } stranger
        ? new MigrationHelper { ComputerName = host, State = MigrationHelperState.Unusable, Why = stranger }
        : Installed.Select(helper => helper.Evaluate(host, package) with { IsGivenToLibvirt = Daemons.Contains(helper.Path) })
            .OrderByDescending(helper => helper.State).FirstOrDefault()
            ?? new MigrationHelper { ComputerName = host, State = MigrationHelperState.Absent, Why = "there is none" };
}
