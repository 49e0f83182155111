namespace XenMigrate.Facts;

/// <summary>What guests need of a host, so that it is asked about.</summary>
/// <param name="Disks">The paths of their disks.</param>
/// <param name="Files">The same, and the scripts that make disks of what is no path.</param>
/// <param name="Bridges">The names of the bridges that their interfaces may end in.</param>
internal sealed record Wanted(IReadOnlyList<string> Disks, IReadOnlyList<string> Files, IReadOnlyList<string> Bridges)
{
    public static Wanted By(IReadOnlyList<Guest> guests)
    {
        GuestDisk[] disks = [.. guests.SelectMany(guest => guest.Disk)];
        string[] paths = [.. disks.Select(disk => disk.FilePath).OfType<string>().Distinct()];
        return new Wanted(
            paths,
            [.. paths.Concat(disks.Where(disk => disk.IsMade).Select(disk => disk.ScriptPath).OfType<string>()).Distinct()],
            BridgeName.Candidates(guests.SelectMany(guest => guest.NetworkInterface)));
    }
}
