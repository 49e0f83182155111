using System.Text.Json;

namespace XenMigrate.Toolstacks.Xl;

/// <summary>Every way in which a configuration of libxl's gives a guest something of its host.</summary>
internal static class XlHostDevices
{
    // What QEMU plays itself; any other word for a USB device names one of the host, or a file there.
    private static readonly string[] s_played = ["tablet", "wacom-tablet", "mouse", "keyboard"];

    // What QEMU is told in its own words.
    private static readonly string[] s_arguments = ["extra", "extra_hvm", "extra_pv"];

    private static readonly Regex s_hostsDevice = new(@"^(?:usb-host\b|host:|vfio-|xen-pci-passthrough\b|pci-assign\b|scsi-(?:generic|block)\b|/dev/)", RegexOptions.CultureInvariant);

    private static readonly string[] s_others = ["usbdevs", "dtdevs", "rdms"];

    public static IEnumerable<string> Of(JsonElement? config)
    {
        JsonElement? build = config?.Child("b_info");
        JsonElement? hvm = build?.Child("type.hvm");
        return
        [
            .. config.Items("pcidevs").Select(Pci),
            .. s_others.SelectMany(kind => config.Items(kind).Select(device => $"{kind} {device.GetRawText()}")),
            .. config.Items("vscsictrls").SelectMany(controller => ((JsonElement?)controller).Items("vscsidevs"))
                .Select(device => $"SCSI {device.Text("pdev_path") ?? device.GetRawText()}"),
            .. config.Items("p9s").Select(share => $"9pfs share {share.Text("path") ?? share.GetRawText()}"),
            .. config.Items("vtpms").Select(tpm => $"TPM of {tpm.Text("backend_domname") ?? tpm.GetRawText()}"),
            .. build.Items("ioports").Select(ports => Ports(ports.Number("first") ?? 0, ports.Number("number") ?? 1)),
            .. build.Items("irqs").Select(irq => $"IRQ {irq.GetRawText()}"),
            .. build.Items("iomem").Select(memory => $"I/O memory 0x{memory.Number("start") ?? 0:x} ({memory.Number("number") ?? 1} pages)"),
            .. Words(hvm, "usbdevice").Where(device => !s_played.Contains(device)).Select(device => $"USB {device}"),
            .. Words(hvm, "serial").Where(port => port.Length > 0 && port[0] == '/').Select(port => $"serial port {port}"),
            .. s_arguments.SelectMany(name => build.Items(name)).Where(word => word.ValueKind == JsonValueKind.String)
                .Select(word => word.GetString()!).Where(word => s_hostsDevice.IsMatch(word)).Select(word => $"QEMU's {word}"),
            .. hvm?.Text("gfx_passthru") == "True" ? ["graphics card"] : (string[])[],
        ];
    }

    private static string Pci(JsonElement device) =>
        $"pci {device.Number("domain") ?? 0:x4}:{device.Number("bus") ?? 0:x2}:{device.Number("dev") ?? 0:x2}.{device.Number("func") ?? 0:x}";

    private static string Ports(long first, long number) => number > 1 ? $"I/O ports 0x{first:x}-0x{first + number - 1:x}" : $"I/O port 0x{first:x}";

    /// <summary>What may be one word, or a list of them.</summary>
    private static IEnumerable<string> Words(JsonElement? element, string name) =>
    [
        .. element?.Text(name) is { Length: > 0 } one ? [one] : (string[])[],
        .. element.Items(name + "_list").Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
    ];
}
