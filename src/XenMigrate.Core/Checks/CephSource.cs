namespace XenMigrate.Checks;

/// <summary>What ceph was mounted from: monitors, of which each host may name others in another order, a file system and a folder of it.</summary>
/// <param name="Monitors">Those that more than one host can mean; or the cluster's id, which is one.</param>
/// <param name="FileSystem">Which of the cluster's; null for its usual one.</param>
/// <param name="Folder">The folder that is mounted.</param>
internal sealed record CephSource(HashSet<string> Monitors, string? FileSystem, string Folder)
{
    private static readonly string[] s_names = ["mds_namespace=", "fs="];

    /// <summary>Reads "10.0.0.1:6789,10.0.0.2:6789:/folder", or "user@fsid.name=/folder", whose fsid may be left out.</summary>
    public static CephSource? Of(Mount mount)
    {
        string source = mount.Source;
        int at = source.IndexOf('@');
        int folder = source.IndexOf(at < 0 ? ":/" : "=/", StringComparison.Ordinal);
        return folder <= 0 ? null : new CephSource(
            [.. source.Substring(at + 1, folder - at - 1).Split(',').Where(monitor => !LoopbackSource.Is(monitor) && monitor.Length > 0 && monitor[0] != '.')],
            mount.Options.Select(option => s_names.Where(name => option.StartsWith(name, StringComparison.Ordinal)).Select(name => option.Substring(name.Length)).FirstOrDefault())
                .FirstOrDefault(name => name is not null),
            source.Substring(folder + 1));
    }

    /// <summary>A monitor belongs to one cluster.</summary>
    public bool IsOneWith(CephSource other) => Folder == other.Folder && FileSystem == other.FileSystem && Monitors.Overlaps(other.Monitors);
}
