namespace XenMigrate.Toolstacks.Xend;

/// <summary>Every way in which xend gives a guest something of its host.</summary>
internal static class XmHostDevices
{
    private static readonly string[] s_devices = ["pci", "usb", "vusb", "vscsi", "ioports", "irq", "iomem", "vtpm"];

    // What QEMU plays itself.
    private static readonly string[] s_played = ["tablet", "wacom-tablet", "mouse", "keyboard"];

    public static IEnumerable<string> Of(SxpList domain, IEnumerable<SxpList> devices)
    {
        SxpList? image = domain.Value("image") as SxpList;
        return
        [
            .. devices.Where(device => s_devices.Contains(device.Name)).Select(device => device.ToString()),
            .. Words(image, "usbdevice").Where(device => !s_played.Contains(device)).Select(device => $"USB {device}"),
            .. Words(image, "serial").Where(port => port[0] == '/').Select(port => $"serial port {port}"),
            .. Words(image, "gfx_passthru").Where(number => number is not "0").Select(_ => "graphics card"),
        ];
    }

    /// <summary>What may be one word, or a list of them.</summary>
    private static IEnumerable<string> Words(SxpList? image, string name) => image?.Lists(name)
        .SelectMany(list => list.Children)
        .SelectMany(value => value is SxpList several ? several.Items : [value])
        .OfType<SxpAtom>()
        .Select(word => word.Text)
        .Where(word => word.Length > 0) ?? [];
}
