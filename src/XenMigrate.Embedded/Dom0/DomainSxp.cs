namespace XenMigrate.Embedded.Dom0;

/// <summary>Guests as xend describes them: (domain …).</summary>
internal static class DomainSxp
{
    private const string NoMigrate = "nomigrate";

    /// <summary>The configuration alone, which a saved image and a transfer carry.</summary>
    public static SxpList Of(DomainConfiguration configuration, params SxpValue[] more) => new(
    [
        new SxpAtom("domain"),
        .. more,
        Pair("on_crash", "restart"),
        Pair("uuid", configuration.Uuid.ToString()),
        Pair("bootloader_args", ""),
        Pair("vcpus", Text(configuration.VirtualCpus)),
        Pair("name", configuration.Name),
        Pair("on_poweroff", "destroy"),
        Pair("on_reboot", "restart"),
        Pair("bootloader", "/usr/bin/pygrub"),
        Pair("maxmem", Text(configuration.MemoryMB)),
        Pair("memory", Text(configuration.MemoryMB)),
        Pair("shadow_memory", "0"),
        Pair("features", ""),
        new SxpList(
        [
            new SxpAtom("image"),
            new SxpList(
            [
                new SxpAtom("linux"),
                Pair("kernel", ""),
                Pair("args", configuration.Extra),
                .. configuration.MayNotMove ? (SxpList[])[Pair(NoMigrate, "1")] : [],
            ]),
        ]),
        .. configuration.Interfaces.Select(vif => Device(
            "vif", ("backend", "0"), ("script", "vif-bridge"), ("bridge", vif.Bridge), ("mac", vif.Mac))),
        .. configuration.Disks.Select((disk, i) => Device(
            disk.IsTap ? "tap" : "vbd",
            ("backend", "0"),
            ("bootable", i == 0 ? "1" : "0"),
            ("dev", disk.Device.Contains(':') ? disk.Device : disk.Device + ":disk"),
            ("uname", disk.Name),
            ("mode", disk.Mode))),
        .. configuration.HostDevices.Select(HostDevice),
    ]);

    /// <summary>As xm list --long prints it.</summary>
    public static string Long(Domain domain) => Pretty(Of(
        domain.Configuration with { Name = domain.Guest.Name },
        [
            Pair("domid", Text(domain.Id)),
            Pair("start_time", (domain.StartedAt.ToUnixTimeMilliseconds() / 1000.0).ToString(CultureInfo.InvariantCulture)),
            Pair("cpu_time", domain.CpuTime.TotalSeconds.ToString("0.0########", CultureInfo.InvariantCulture)),
            Pair("online_vcpus", Text(domain.IsComing ? 0 : domain.Configuration.VirtualCpus)),
            Pair("state", domain.State),
            .. domain.IsSuspended ? (SxpList[])[Pair("shutdown_reason", "suspend")] : [],
            Pair("store_mfn", Text(180_000 + domain.Id)),
            Pair("console_mfn", Text(190_000 + domain.Id)),
        ]));

    /// <summary>The control domain itself.</summary>
    public static string LongControlDomain(int memoryMB, double cpuSeconds) => Pretty(new SxpList(
    [
        new SxpAtom("domain"),
        Pair("domid", "0"),
        Pair("on_crash", "restart"),
        Pair("uuid", Guid.Empty.ToString()),
        Pair("bootloader_args", ""),
        Pair("vcpus", "2"),
        Pair("name", "Domain-0"),
        Pair("on_poweroff", "destroy"),
        Pair("on_reboot", "restart"),
        Pair("bootloader", ""),
        Pair("maxmem", Text(memoryMB)),
        Pair("memory", Text(memoryMB)),
        Pair("shadow_memory", "0"),
        Pair("features", ""),
        Pair("cpu_time", cpuSeconds.ToString("0.0########", CultureInfo.InvariantCulture)),
        Pair("online_vcpus", "2"),
        Pair("state", "r-----"),
    ]));

    /// <exception cref="XendException">It describes no guest.</exception>
    public static DomainConfiguration Parse(string text)
    {
        try
        {
            SxpList domain = SxpReader.ReadLists(text).FirstOrDefault(list => list.Name == "domain")
                ?? throw new XendException("not a valid guest configuration");
            SxpList[] devices = [.. domain.Lists("device").SelectMany(device => device.Children.OfType<SxpList>())];
            SxpList? image = domain.Lists("image").FirstOrDefault()?.Children.OfType<SxpList>().FirstOrDefault();
            return new DomainConfiguration(Need("name"), Guid.Parse(Need("uuid")), Number("memory"))
            {
                VirtualCpus = Number("vcpus"),
                Interfaces = [.. devices.Where(device => device.Name == "vif")
                    .Select(vif => new XmInterface(vif.Text("mac") ?? "", vif.Text("bridge") ?? ""))],
                Disks = [.. devices.Where(device => device.Name is "tap" or "vbd").Select(disk => new XmDisk(
                    disk.Text("uname") ?? "", WithoutKind(disk.Text("dev") ?? ""), disk.Text("mode") ?? "w"))],
                HostDevices = [.. devices.Where(device => device.Name == "pci")
                    .SelectMany(pci => pci.Lists("dev")).Select(Address)],
                MayNotMove = image?.Text(NoMigrate) is { } stays && stays != "0",
                Extra = image?.Text("args") ?? "",
            };

            string Need(string name) => domain.Text(name) ?? throw new XendException($"not a valid guest configuration: no {name}");

            int Number(string name) =>
                int.TryParse(Need(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 4096
                    ? number
                    : throw new XendException($"not a valid guest configuration: {name} is {Need(name)}");
        }
        catch (FormatException e)
        {
            throw new XendException($"not a valid guest configuration: {e.Message}");
        }
    }

    // What is no CD is a disk, and goes without saying.
    private static string WithoutKind(string device) =>
        device.EndsWith(":disk", StringComparison.Ordinal) ? device[..^":disk".Length] : device;

    private static SxpList Device(string kind, params (string Name, string Value)[] properties) => new(
    [
        new SxpAtom("device"),
        new SxpList([new SxpAtom(kind), .. properties.Select(property => Pair(property.Name, property.Value))]),
    ]);

    /// <summary>0000:00:1b.0 in xend's words: domain, bus, slot and function.</summary>
    private static SxpList HostDevice(string address)
    {
        string[] parts = address.Split(':', '.');
        return parts.Length != 4
            ? throw new XendException($"Invalid PCI device specifier: {address}")
            : new SxpList(
            [
                new SxpAtom("device"),
                new SxpList(
                [
                    new SxpAtom("pci"),
                    Pair("backend", "0"),
                    new SxpList(
                    [
                        new SxpAtom("dev"),
                        Pair("slot", "0x" + parts[2]),
                        Pair("domain", "0x" + parts[0]),
                        Pair("bus", "0x" + parts[1]),
                        Pair("func", "0x" + parts[3]),
                    ]),
                ]),
            ]);
    }

    private static string Address(SxpList device)
    {
        return $"{Hex("domain")}:{Hex("bus")}:{Hex("slot")}.{Hex("func")}";

        string Hex(string name) => (device.Text(name) ?? "0x0")[2..];
    }

    // An empty value is left out, as xend does: "(features )".
    private static SxpList Pair(string name, string value) =>
        new(value.Length == 0 ? [new SxpAtom(name)] : [new SxpAtom(name), new SxpAtom(value)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Lists that hold lists over many lines, as xend's PrettyPrint does.</summary>
    private static string Pretty(SxpList list)
    {
        StringBuilder text = new();
        Print(list, 0);
        return text.Append('\n').ToString();

        void Print(SxpList value, int depth)
        {
            _ = text.Append(' ', depth * 4).Append('(').Append(value.Items[0]);
            foreach (SxpValue item in value.Items.Skip(1))
            {
                if (item is SxpList inner)
                {
                    _ = text.Append('\n');
                    Print(inner, depth + 1);
                }
                else
                {
                    _ = text.Append(' ').Append(item);
                }
            }

            if (value.Items.Any(item => item is SxpList))
            {
                _ = text.Append('\n').Append(' ', depth * 4);
            }
            else if (value.Items.Count == 1)
            {
                _ = text.Append(' ');
            }

            _ = text.Append(')');
        }
    }
}
