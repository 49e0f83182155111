namespace XenMigrate.Moves;

/// <summary>
/// A folder that both hosts see, for the image of an offline move: the one of a disk of the guest that was found to be
/// the same file on both.
/// </summary>
internal static class SharedFolder
{
    public static string? Of(PairFacts pair, Guest guest) => guest.Disk
        .Where(disk => !disk.Removable)
        .Select(disk => disk.FilePath)
        .OfType<string>()
        .Where(path => IsSharedFile(pair, path))
        .Select(path => path.Substring(0, Math.Max(1, path.LastIndexOf('/'))))
        .FirstOrDefault();

    private static bool IsSharedFile(PairFacts pair, string path) =>
        pair.Source.Disks.TryGetValue(path, out Answer<DiskFile>? here)
        && pair.Destination.Disks.TryGetValue(path, out Answer<DiskFile>? there)
        && here.Value is { Exists: true, IsBlockDevice: false } own
        && there.Value is { Exists: true } other
        && SharedStorage.Compare(pair, own, other).IsSame == true;
}
