using System.Xml;

namespace XenMigrate.Lifecycle;

/// <summary>An image that <c>virsh save</c> wrote: what can be told of it without reading all of it.</summary>
internal sealed record LibvirtImage(SavedGuest Saved, LibvirtConfiguration Configuration) : GuestImage(Saved)
{
    private const int HeaderLength = 64;
    private const uint StreamVersion2 = 2;

    private static readonly byte[] s_magic = Encoding.ASCII.GetBytes("libvirt-xml\n \0 \r");

    public override ToolstackKind Toolstack => ToolstackKind.Libvirt;

    public override IReadOnlyList<GuestDisk> Disks => Configuration.Disks;

    /// <summary>Whether a file that begins so is libvirt's.</summary>
    public static bool Begins(byte[] head) => head.Take(s_magic.Length).SequenceEqual(s_magic);

    /// <exception cref="InvalidDataException">It is no image, or one we can't judge; the message says why.</exception>
    public static LibvirtImage Read(SavedGuest file, byte[] head)
    {
        LibvirtConfiguration configuration = ParseHead(head);
        return new LibvirtImage(file with { Name = configuration.Name ?? "", Uuid = configuration.Uuid }, configuration);
    }

    /// <summary>Reads the header and the configuration.</summary>
    /// <exception cref="InvalidDataException">It is no image, or one we can't judge; the message says why.</exception>
    public static LibvirtConfiguration ParseHead(byte[] head)
    {
        if (!Begins(head))
        {
            throw new InvalidDataException("it does not begin as libvirt's images do");
        }

        if (LibxlImage.UInt32(head, s_magic.Length) is not StreamVersion2 and uint version)
        {
            throw new InvalidDataException($"its version is {version}: it is from Xen 4.5 or before, or for a newer libvirt");
        }

        uint length = LibxlImage.UInt32(head, s_magic.Length + 4);
        return HeaderLength + (long)length <= head.Length
            ? ParseConfiguration(Encoding.UTF8.GetString(head, HeaderLength, (int)length).TrimEnd('\0'))
            : throw new InvalidDataException("it ends within its configuration");
    }

    private static LibvirtConfiguration ParseConfiguration(string text)
    {
        try
        {
            using XmlReader reader = DomainXml.Reader(text);
            reader.MoveToContent();
            XElement? domain = reader.NodeType == XmlNodeType.Element ? (XElement)XNode.ReadFrom(reader) : null;
            return domain?.Element("name")?.Value is { Length: > 0 }
                ? DomainXml.Configuration(domain)
                : throw new InvalidDataException("its configuration has no name");
        }
        catch (XmlException e)
        {
            throw new InvalidDataException("its configuration is no XML", e);
        }
    }
}
