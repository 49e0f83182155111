namespace XenMigrate.SaveHelpers;

/// <summary>A helper in a folder of its own on a host.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Path">The program.</param>
/// <param name="Stranger">What is not safe from others there, in words; null if all is.</param>
/// <param name="Sha256">The program's checksum; null if there is none, or nobody could read it.</param>
/// <param name="Probe">What it says of itself; null if it said nothing that can be read, or was not asked.</param>
/// <param name="Said">What it said.</param>
internal sealed record InstalledHelper(
    string Name, string Path, string? Stranger, string? Sha256, HelperProbe? Probe, string Said)
{
    public string Version => HelperFolder.Read(Name)!.Value.Version;

    /// <summary>What is to be said of it on a host, for a module with this package.</summary>
    public MigrationHelper Evaluate(string host, HelperPackage package)
    {
        MigrationHelper seen = new()
        {
            ComputerName = host,
            Version = Version,
            Path = Path,
            Xen = Probe?.Xen,
            Zstd = Probe?.Zstd,
            StockHelper = Probe?.StockHelper,
        };
        (MigrationHelperState state, string? why) =
            !package.Fits(this) ? (MigrationHelperState.Outdated, $"it is {Name}, and this module's is {package}")
            : Sha256 is null ? (MigrationHelperState.Damaged, $"{Path} is missing, or can't be read")
            : !IsWhole(package) ? (MigrationHelperState.Damaged, $"the checksum of {Path} is {Sha256}")
            : Stranger is { } stranger ? (MigrationHelperState.Unusable, stranger)
            : Probe is null ? (MigrationHelperState.Unusable, Said.Length > 0 ? $"it said: {Said}" : "it said nothing of itself")
            : !Probe.IsUsable ? (MigrationHelperState.Unusable, Probe.Why ?? "it did not say why")
            : (MigrationHelperState.Ready, null);
        return seen with { State = state, Why = why };
    }

    // The folder's name has the beginning of it; the whole is known where the module has the program too.
    private bool IsWhole(HelperPackage package) => package.Sha256 is { } known
        ? Sha256 == known
        : Sha256!.StartsWith(HelperFolder.Read(Name)!.Value.Digest, StringComparison.Ordinal);
}
