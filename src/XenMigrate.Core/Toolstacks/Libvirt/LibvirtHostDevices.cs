namespace XenMigrate.Toolstacks.Libvirt;

/// <summary>Every way in which libvirt gives a guest something of its host.</summary>
internal static class LibvirtHostDevices
{
    // A console's own path, /dev/pts/N, is made anew wherever the guest is.
    private static readonly string[] s_ports = ["serial", "parallel", "console", "channel"];

    private static readonly string[] s_whole = ["redirdev", "tpm", "shmem", "filesystem"];

    public static IEnumerable<string> Of(IReadOnlyList<XElement> devices) => devices.Select(Describe).OfType<string>();

    private static string? Describe(XElement device) => device.Name.LocalName switch
    {
        "hostdev" => $"{device.Attribute("type")?.Value ?? device.Attribute("mode")?.Value} {Address(device)}".Trim(),
        // A virtual function of a network card.
        "interface" when device.Attribute("type")?.Value == "hostdev" => $"pci {Address(device)}",
        { } port when s_ports.Contains(port) && device.Attribute("type")?.Value == "dev" => $"{port} port {device.Element("source")?.Attribute("path")?.Value}",
        { } whole when s_whole.Contains(whole) => $"{whole} {string.Join(" ", device.Elements("source").Attributes().Select(part => part.Value))}".Trim(),
        _ => null,
    };

    private static string Address(XElement device)
    {
        XElement? source = device.Element("source");
        XElement? address = source?.Element("address");
        if (address?.Attribute("bus") is not null && address.Attribute("slot") is not null)
        {
            return FormattableString.Invariant(
                $"{Number(address, "domain"):x4}:{Number(address, "bus"):x2}:{Number(address, "slot"):x2}.{Number(address, "function"):x}");
        }

        IEnumerable<string> named = source?.Elements().Where(part => part.Name == "vendor" || part.Name == "product")
            .Select(part => part.Attribute("id")?.Value).OfType<string>() ?? [];
        return string.Join(":", named.Concat(address?.Attributes().Select(part => part.Value) ?? []));
    }

    private static int Number(XElement address, string name)
    {
        string text = address.Attribute(name)?.Value ?? "0";
        bool isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return int.TryParse(
            isHexadecimal ? text.Substring(2) : text,
            isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int number) ? number : 0;
    }
}
