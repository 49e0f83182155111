namespace XenMigrate.Lifecycle;

/// <summary>Whether a folder on a host has room for a guest's image.</summary>
internal static class FolderSpace
{
    private const long Mebibyte = 1024 * 1024;

    // The configuration, the page numbers and the processors' state: less than 1 % in every image seen.
    private const long OverheadMB = 16;

    public static Question<CommandResult> Question(string folder) =>
        new(new RemoteCommand("stat", "-f", "-c", "%a %S", "--", folder), result => result);

    /// <exception cref="RemotePathInvalidException">The folder is missing, or too full.</exception>
    public static void Require(string host, string path, CommandResult space, Guest guest)
    {
        if (!space.Succeeded)
        {
            throw new RemotePathInvalidException(
                path, $"the folder can't be used on {host}: {space.Error.Trim()}", $"Make the folder on {host} first.");
        }

        long needed = guest.MemoryMB + (guest.MemoryMB / 100) + OverheadMB;
        if (FreeMB(space.Output) is { } free && free < needed)
        {
            throw new RemotePathInvalidException(
                path, $"the folder has {free} MiB free on {host}, and the image needs {needed}.", "Free some space, or give another folder.");
        }
    }

    private static long? FreeMB(string output)
    {
        string[] words = output.Trim().Split(' ');
        return words.Length == 2
            && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out long blocks)
            && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                ? (long)(blocks * (double)size / Mebibyte)
                : null;
    }
}
