using System.Text.Json;

namespace XenMigrate.Lifecycle;

/// <summary>An image that <c>xl save</c> wrote: what can be told of it without reading all of it.</summary>
internal sealed record XlImage(SavedGuest Saved, XlConfiguration Configuration) : GuestImage(Saved)
{
    private const int HeaderLength = 48;
    private const uint ByteOrderMark = 0x01020304;
    private const uint JsonConfiguration = 1;
    private const uint StreamVersion2 = 2;

    private static readonly byte[] s_magic = Encoding.ASCII.GetBytes("Xen saved domain, xl format\n \0 \r");

    public override ToolstackKind Toolstack => ToolstackKind.Xl;

    public override IReadOnlyList<GuestDisk> Disks => Configuration.Disks;

    /// <exception cref="InvalidDataException">It is no image, or one we can't judge; the message says why.</exception>
    public static XlImage Read(SavedGuest file, byte[] head)
    {
        XlConfiguration configuration = ParseHead(head);
        return new XlImage(file with { Name = configuration.Name ?? "", Uuid = configuration.Uuid }, configuration);
    }

    /// <summary>Reads the header and the configuration.</summary>
    /// <exception cref="InvalidDataException">It is no image, or one we can't judge; the message says why.</exception>
    public static XlConfiguration ParseHead(byte[] head)
    {
        if (head.Length < HeaderLength || !head.Take(s_magic.Length).SequenceEqual(s_magic))
        {
            throw new InvalidDataException("it does not begin as xl's images do");
        }

        if (LibxlImage.UInt32(head, 32) != ByteOrderMark)
        {
            throw new InvalidDataException("it was written on a machine of the other byte order");
        }

        uint flags = LibxlImage.UInt32(head, 36);
        if ((flags & ~(JsonConfiguration | StreamVersion2)) != 0)
        {
            throw new InvalidDataException($"it needs a newer xl (flags 0x{flags:x})");
        }

        if ((flags & JsonConfiguration) == 0)
        {
            throw new InvalidDataException("its configuration is not JSON: it is from before Xen 4.5");
        }

        uint length = LibxlImage.UInt32(head, HeaderLength);
        return HeaderLength + 4 + (long)length <= head.Length
            ? ParseConfiguration(Encoding.UTF8.GetString(head, HeaderLength + 4, (int)length))
            : throw new InvalidDataException("it ends within its configuration");
    }

    private static XlConfiguration ParseConfiguration(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.TrimEnd('\0'));
            XlConfiguration configuration = XlListLong.Configuration(id: 0, document.RootElement);
            return string.IsNullOrEmpty(configuration.Name)
                ? throw new InvalidDataException("its configuration has no name")
                : configuration;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("its configuration is no JSON", e);
        }
    }
}
