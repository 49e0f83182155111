using System.Xml;

namespace XenMigrate.Toolstacks.Libvirt;

/// <summary>A guest's configuration as libvirt keeps it.</summary>
internal sealed record LibvirtConfiguration : GuestConfiguration
{
    /// <summary>Null for a guest that is only defined.</summary>
    public int? Id { get; init; }

    public long? MemoryMB { get; init; }

    public int? VCpu { get; init; }

    /// <summary>What libvirt believes the guest does.</summary>
    public GuestState State { get; init; }

    public GuestTraits Traits { get; init; } = new();
}

/// <summary>libvirt's XML of a domain.</summary>
internal static class DomainXml
{
    // Of all guests of a host together; what is longer no host ever wrote.
    private const long LongestText = 64L * 1024 * 1024;

    // libvirt's own are ten deep. An XElement takes time by the square of its depth: an hour for what a host writes at once.
    private const int DeepestElement = 256;

    /// <summary>Reads XML that brings nothing from elsewhere: no DTD, no entity, no file.</summary>
    /// <exception cref="XmlException">It is no XML, or deeper than any of libvirt's.</exception>
    public static XmlReader Reader(string text)
    {
        using XmlReader look = Open(text);
        while (look.Read())
        {
            if (look.Depth > DeepestElement)
            {
                throw new XmlException($"elements within elements, more than {DeepestElement} deep");
            }
        }

        return Open(text);
    }

    private static XmlReader Open(string text) => XmlReader.Create(
        new StringReader(text),
        new XmlReaderSettings
        {
            ConformanceLevel = ConformanceLevel.Fragment,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = LongestText,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });

    public static LibvirtConfiguration Configuration(XElement domain, GuestState state = GuestState.Unknown)
    {
        XElement[] devices = [.. domain.Elements("devices").Elements()];
        XElement? vcpu = domain.Element("vcpu");
        int? maximum = Count(vcpu?.Value);

        return new LibvirtConfiguration
        {
            Id = Count(domain.Attribute("id")?.Value),
            Name = domain.Element("name")?.Value,
            Uuid = Guid.TryParse(domain.Element("uuid")?.Value, out Guid uuid) ? uuid : null,
            State = state,
            Type = Type(domain.Element("os")?.Element("type")),
            MemoryMB = Mebibytes(domain.Element("currentMemory")) ?? Mebibytes(domain.Element("memory")),
            MaximumMemoryMB = Mebibytes(domain.Element("memory")),
            VCpu = Count(vcpu?.Attribute("current")?.Value) ?? maximum,
            MaximumVCpu = maximum,
            Traits = Traits(domain),
            Disks = [.. devices.Where(device => device.Name == "disk").Select(Disk)],
            NetworkInterfaces = [.. devices.Where(device => device.Name == "interface").Select(Interface)],
            PassthroughDevices = [.. LibvirtHostDevices.Of(devices)],
        };
    }

    private static GuestType Type(XElement? type) => (type?.Value, type?.Attribute("machine")?.Value) switch
    {
        ("hvm", _) => GuestType.HVM,
        ("xenpvh", _) or (_, "xenpvh") => GuestType.PVH,
        ("linux" or "xen", _) => GuestType.PV,
        _ => GuestType.Unknown,
    };

    /// <summary>libvirt has no word for nomigrate, so none of its guests has it.</summary>
    private static GuestTraits Traits(XElement domain)
    {
        XElement? cpu = domain.Element("cpu");
        XElement? tsc = domain.Elements("clock").Elements("timer").FirstOrDefault(timer => timer.Attribute("name")?.Value == "tsc");
        return new GuestTraits
        {
            HasVirtualNuma = cpu?.Elements("numa").Elements("cell").Any() == true,
            HasNestedVirtualisation = cpu?.Elements("feature").Any(IsVirtualisation) == true,
            TscMode = tsc?.Attribute("mode")?.Value switch
            {
                "auto" => "default",
                "emulate" => "always_emulate",
                "paravirt" => "native_paravirt",
                { } mode => mode,
                null => null,
            },
        };

        static bool IsVirtualisation(XElement feature) => feature.Attribute("name")?.Value is "vmx" or "svm"
            && feature.Attribute("policy")?.Value is not ("disable" or "forbid");
    }

    private static GuestDisk Disk(XElement disk)
    {
        XElement? source = disk.Element("source");
        XElement? driver = disk.Element("driver");
        return new GuestDisk(
            disk.Element("target")?.Attribute("dev")?.Value ?? "?",
            (source?.Attribute("file") ?? source?.Attribute("dev"))?.Value is { Length: > 0 } path ? path : null,
            driver?.Attribute("type")?.Value,
            driver?.Attribute("name")?.Value,
            ReadOnly: disk.Element("readonly") is not null,
            Removable: disk.Attribute("device")?.Value is "cdrom" or "floppy")
        {
            BackendDomain = Backend(disk),
        };
    }

    private static GuestNetworkInterface Interface(XElement nic) => GuestNetworkInterface.Of(
        nic.Element("mac")?.Attribute("address")?.Value.ToLowerInvariant(),
        nic.Element("source")?.Attribute("bridge")?.Value,
        nic.Element("script")?.Attribute("path")?.Value) with
    {
        BackendDomain = Backend(nic),
        Network = nic.Element("source") is { } source && string.IsNullOrEmpty(source.Attribute("bridge")?.Value) ? source.Attribute("network")?.Value : null,
    };

    private static string? Backend(XElement device) => DriverDomain.Of(device.Element("backenddomain")?.Attribute("name")?.Value);

    private static int? Count(string? text) =>
        int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static long? Mebibytes(XElement? memory)
    {
        double? unit = memory?.Attribute("unit")?.Value switch
        {
            null or "k" or "KiB" => 1.0 / 1024,
            "b" or "bytes" => 1.0 / (1024 * 1024),
            "KB" => 1000.0 / (1024 * 1024),
            "M" or "MiB" => 1,
            "MB" => 1_000_000.0 / (1024 * 1024),
            "G" or "GiB" => 1024,
            "GB" => 1_000_000_000.0 / (1024 * 1024),
            "T" or "TiB" => 1024 * 1024,
            "TB" => 1_000_000_000_000.0 / (1024 * 1024),
            _ => null,
        };
        return unit is not null
            && long.TryParse(memory?.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long amount)
            && amount * unit.Value < int.MaxValue
                ? (long)(amount * unit.Value)
                : null;
    }
}
