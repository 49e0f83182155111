namespace XenMigrate.Checks;

/// <summary>What ceph was mounted from: monitors, of which each host may name others in another order, and a folder.</summary>
internal sealed record CephSource(HashSet<string> Monitors, string Folder)
{
    /// <summary>Reads "10.0.0.1:6789,10.0.0.2:6789:/folder", or "user@fsid.name=/folder", whose fsid is the cluster's own.</summary>
    public static CephSource? Parse(string source)
    {
        int at = source.IndexOf('@');
        int folder = source.IndexOf(at < 0 ? ":/" : "=/", StringComparison.Ordinal);
        return folder <= 0 ? null : new CephSource(
            [.. source.Substring(at + 1, folder - at - 1).Split(',').Where(monitor => !monitor.StartsWith("localhost", StringComparison.Ordinal))],
            source.Substring(folder + 1));
    }

    /// <summary>A monitor belongs to one cluster.</summary>
    public bool IsOneWith(CephSource other) => Folder == other.Folder && Monitors.Overlaps(other.Monitors);
}
