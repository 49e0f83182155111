namespace XenMigrate.Lifecycle;

/// <summary>An image that xend wrote: a configuration, then the memory, with no checksum and no end to look for.</summary>
internal sealed record XendImage(SavedGuest Saved, XmConfiguration Configuration) : GuestImage(Saved)
{
    private const string Magic = "LinuxGuestRecord";

    // The configuration follows the header; more than this it never was.
    private const int HeadLength = 32 * 1024;
    private const long Mebibyte = 1024 * 1024;

    public override ToolstackKind Toolstack => ToolstackKind.Xend;

    public override IReadOnlyList<GuestDisk> Disks => Configuration.Disks;

    public static Question<GuestImage> Question(string host, string path) => new(
        [Stat(path), Head(path)], results => Read(host, path, results));

    private static RemoteCommand Head(string path) => new("head", "-c", $"{HeadLength}", "--", path);

    private static XendImage Read(string host, string path, IReadOnlyList<CommandResult> results)
    {
        SavedGuest file = ReadStat(host, path, results[0]);
        try
        {
            XmConfiguration configuration = ParseHead(results[1].Output);
            RequireMemory(file, configuration);
            return new XendImage(file with { Name = configuration.Name ?? "", Uuid = configuration.Uuid }, configuration);
        }
        catch (InvalidDataException e)
        {
            throw new SavedGuestCorruptException(path, host, e.Message);
        }
    }

    /// <summary>Reads the configuration from the image's first bytes, of which only it is text.</summary>
    /// <exception cref="InvalidDataException">It is no image, or it ends too early; the message says so.</exception>
    public static XmConfiguration ParseHead(string head)
    {
        if (!head.StartsWith(Magic, StringComparison.Ordinal))
        {
            throw new InvalidDataException("it does not begin as xend's images do");
        }

        // Between them is the configuration's length, four bytes that are no text; a length's byte may look like "(".
        int at = head.IndexOf("(domain", Magic.Length, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new InvalidDataException("it ends within its configuration");
        }

        try
        {
            XmConfiguration configuration = XmListLong.Configuration(SxpReader.ReadFirstList(head.Substring(at)));
            return string.IsNullOrEmpty(configuration.Name)
                ? throw new InvalidDataException("its configuration has no name")
                : configuration;
        }
        catch (SxpException e)
        {
            throw new InvalidDataException($"its configuration can't be read: {e.Message}", e);
        }
    }

    /// <summary>xend leaves no page out that the guest has, so a file much smaller than the memory was cut short.</summary>
    private static void RequireMemory(SavedGuest file, XmConfiguration configuration)
    {
        if (configuration.MemoryMB is { } memory && file.SizeBytes / Mebibyte < memory - (memory / 16))
        {
            throw new InvalidDataException(
                $"it has {file.SizeBytes / Mebibyte} MiB, and the guest had {memory}: the save did not finish");
        }
    }
}
