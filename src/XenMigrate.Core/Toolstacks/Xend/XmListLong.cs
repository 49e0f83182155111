namespace XenMigrate.Toolstacks.Xend;

/// <summary>A guest's configuration as xend keeps it.</summary>
internal sealed record XmConfiguration : GuestConfiguration
{
    public int? Id { get; init; }

    public long? MemoryMB { get; init; }

    public GuestTraits Traits { get; init; } = new();

    /// <summary>Whether it shut down in order to be saved or moved.</summary>
    public bool IsSuspended { get; init; }
}

/// <summary>The S-expressions that <c>xm list --long</c> prints. Elements go by name: their order and number vary.</summary>
internal static class XmListLong
{
    private const string Emulated = "ioemu:";

    // Where Xen 3.0 keeps what is in the drives of an HVM guest.
    private static readonly string[] s_drives = ["cdrom", "fda", "fdb"];

    private static readonly string[] s_drivers = ["phy", "file", "tap", "tap2"];

    // In the order of their numbers.
    private static readonly string[] s_tscModes = ["default", "always_emulate", "native", "native_paravirt"];

    public static RemoteCommand Command { get; } = new("xm", "list", "--long");

    /// <exception cref="OutputNotUnderstoodException">It is no S-expression.</exception>
    public static IReadOnlyList<XmConfiguration> Parse(string output)
    {
        try
        {
            return [.. SxpReader.ReadLists(output).Where(list => list.Name == "domain").Select(Configuration)];
        }
        catch (SxpException e)
        {
            throw new OutputNotUnderstoodException(Command, e.Message, output, e);
        }
    }

    /// <summary>Reads one configuration, which a save image holds in the same shape.</summary>
    public static XmConfiguration Configuration(SxpList domain)
    {
        SxpList[] devices = [.. domain.Lists("device").SelectMany(device => device.Children).OfType<SxpList>()];
        return new XmConfiguration
        {
            Id = Whole(domain, "domid") is >= 0 and <= int.MaxValue and long id ? (int)id : null,
            Name = domain.Text("name"),
            Uuid = Guid.TryParse(domain.Text("uuid"), out Guid uuid) ? uuid : null,
            Type = (domain.Value("image") as SxpList)?.Name switch
            {
                "linux" => GuestType.PV,
                "hvm" => GuestType.HVM,
                _ => GuestType.Unknown,
            },
            MemoryMB = Whole(domain, "memory"),
            MaximumMemoryMB = Whole(domain, "maxmem"),
            MaximumVCpu = Whole(domain, "vcpus") is > 0 and <= 4096 and long vcpus ? (int)vcpus : null,
            Traits = Traits(domain),
            IsSuspended = domain.Text("shutdown_reason") is "suspend" or "2",
            Disks =
            [
                .. devices.Where(device => device.Name is "vbd" or "tap" or "tap2")
                    .Select(device => Disk(device) with { BackendDomain = DriverDomain.Of(device.Text("backend")) }),
                .. Media(domain),
            ],
            NetworkInterfaces = [.. devices.Where(device => device.Name == "vif").Select(Interface)],
            PassthroughDevices = [.. XmHostDevices.Of(domain, devices)],
        };
    }

    /// <summary>Since Xen 4.0 xend keeps with the image whether the guest may move, and how it gets its time stamp counter.</summary>
    private static GuestTraits Traits(SxpList domain)
    {
        SxpList? image = domain.Value("image") as SxpList;
        return new GuestTraits
        {
            MigrationDisabled = IsSet("nomigrate"),
            HasNestedVirtualisation = IsSet("nestedhvm"),
            TscMode = image?.Text("tsc_mode") is { } mode ? s_tscModes.ElementAtOrDefault(mode.Length == 1 ? mode[0] - '0' : -1) : null,
            ShadowMemoryMB = Whole(domain, "shadow_memory") ?? 0,
        };

        bool IsSet(string name) => image is not null && Whole(image, name) is > 0;
    }

    private static GuestDisk Disk(SxpList device)
    {
        // "file:/path", "phy:sdb", "tap:aio:/path"; "xvda:disk", "hdc:cdrom". A path may hold colons, as those of iSCSI do.
        string path = device.Text("uname") ?? "";
        string mode = device.Text("mode") ?? "";
        // Xen 3.0 puts ioemu: before the disks of an HVM guest.
        string name = device.Text("dev") ?? "?";
        string[] shown = (name.StartsWith(Emulated, StringComparison.Ordinal) ? name.Substring(Emulated.Length) : name).Split(':');
        bool isRemovable = shown.Length > 1 && shown[1] == "cdrom";
        if (path.IndexOf(':') is > 0 and int end && path[0] != '/' && !s_drivers.Contains(path.Substring(0, end)))
        {
            // "drbd:r0", "iscsi:iqn.…": what no driver of xend's own takes goes to the script of that name.
            return new GuestDisk(shown[0], path.Substring(end + 1), "raw", path.Substring(0, end), !mode.Contains('w'), isRemovable)
            {
                Script = "block-" + path.Substring(0, end),
                Shared = mode.Contains('!'),
            };
        }

        List<string> words = [];
        for (int colon = path.IndexOf(':'); colon >= 0 && path[0] != '/'; colon = path.IndexOf(':'))
        {
            words.Add(path.Substring(0, colon));
            path = path.Substring(colon + 1);
        }

        string? driver = words.Count > 1 ? words[words.Count - 1] : null;

        return new GuestDisk(
            shown[0],
            path.Length == 0 ? null : path[0] == '/' ? path : "/dev/" + path,
            driver is null or "aio" ? "raw" : driver,
            words.FirstOrDefault(),
            ReadOnly: !mode.Contains('w'),
            isRemovable)
        {
            Shared = mode.Contains('!'),
        };
    }

    private static IEnumerable<GuestDisk> Media(SxpList domain) =>
        from drive in s_drives
        let path = (domain.Value("image") as SxpList)?.Text(drive)
        where path is { Length: > 0 }
        select new GuestDisk(drive, path, "raw", null, ReadOnly: drive == "cdrom", Removable: true);

    private static GuestNetworkInterface Interface(SxpList device) =>
        GuestNetworkInterface.Of(device.Text("mac")?.ToLowerInvariant(), device.Text("bridge"), device.Text("script"))
            with { BackendDomain = DriverDomain.Of(device.Text("backend")) };

    private static long? Whole(SxpList domain, string name) =>
        long.TryParse(domain.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
