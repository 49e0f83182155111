namespace XenMigrate.Lifecycle;

/// <summary>An image that xl or libvirt wrote: around the same stream of libxl's, each puts a header of its own.</summary>
internal static class LibxlImage
{
    // The configuration follows the header; more than this it never was.
    private const int HeadLength = 128 * 1024;
    private const int EndRecordLength = 8;

    public static Question<GuestImage> Question(string host, string path) => new(
        [
            GuestImage.Stat(path),
            RemoteCommand.Script($"""head -c {HeadLength} -- "$1" | base64""", path),
            RemoteCommand.Script($"""tail -c {EndRecordLength} -- "$1" | base64""", path),
        ],
        results => Read(host, path, results));

    /// <exception cref="InvalidDataException">The bytes end before it.</exception>
    public static uint UInt32(byte[] bytes, int at) =>
        at + 4 <= bytes.Length
            ? (uint)(bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24))
            : throw new InvalidDataException("it ends within its header");

    private static GuestImage Read(string host, string path, IReadOnlyList<CommandResult> results)
    {
        SavedGuest file = GuestImage.ReadStat(host, path, results[0]);
        try
        {
            byte[] head = Convert.FromBase64String(results[1].Output);
            GuestImage image = LibvirtImage.Begins(head) ? LibvirtImage.Read(file, head) : XlImage.Read(file, head);
            RequireEnd(Convert.FromBase64String(results[2].Output));
            return image;
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new SavedGuestCorruptException(path, host, e.Message);
        }
    }

    /// <summary>The stream's last record has type 0 and length 0; an image cut short ends in something else.</summary>
    private static void RequireEnd(byte[] tail)
    {
        if (tail.Length != EndRecordLength || tail.Any(b => b != 0))
        {
            throw new InvalidDataException("it has no end: the save did not finish");
        }
    }
}
