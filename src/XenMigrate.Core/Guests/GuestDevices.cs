namespace XenMigrate;

/// <summary>A virtual disk.</summary>
public sealed record GuestDisk(
    string VirtualDevice, string? Path, string? Format, string? Backend, bool ReadOnly, bool Removable)
{
    /// <summary>Its name in the guest: xvda, hda …</summary>
    public string VirtualDevice { get; internal init => field = PrintableText.Line(value); } = PrintableText.Line(VirtualDevice);

    /// <summary>The file or device on the host, or what <see cref="Script"/> makes one of; null for an empty drive.</summary>
    public string? Path { get; internal init => field = PrintableText.LineOrNull(value); } = PrintableText.LineOrNull(Path);

    /// <summary>raw, qcow2 …</summary>
    public string? Format { get; internal init => field = PrintableText.LineOrNull(value); } = PrintableText.LineOrNull(Format);

    /// <summary>phy, qdisk … or null if the toolstack chooses.</summary>
    public string? Backend { get; internal init => field = PrintableText.LineOrNull(value); } = PrintableText.LineOrNull(Backend);

    /// <summary>Whether the guest may only read it.</summary>
    public bool ReadOnly { get; internal init; } = ReadOnly;

    /// <summary>Whether it is a CD-ROM or the like.</summary>
    public bool Removable { get; internal init; } = Removable;

    /// <summary>The block script that makes the disk (block-iscsi, block-drbd …); null where Path is a path.</summary>
    public string? Script { get; internal init => field = PrintableText.LineOrNull(value); }

    /// <summary>Whether its configuration allows that others write it at the same time.</summary>
    public bool Shared { get; internal init; }

    /// <summary>The driver domain that has what Path names; null where the control domain has it.</summary>
    internal string? BackendDomain { get; init => field = PrintableText.LineOrNull(value); }

    /// <summary>
    /// The file or device on the host, if there is one before the guest is started; null if a script or QEMU makes it of a
    /// name, or if it is a driver domain's.
    /// </summary>
    internal string? FilePath => Script is null && BackendDomain is null && Path?.Length > 0 && Path[0] == '/' ? Path : null;

    /// <summary>Whether nobody can look at it from the host beforehand: it is made of a name, or lies in a driver domain.</summary>
    internal bool IsMade => Path is not null && FilePath is null;

    /// <summary>Where its script has to be on the host.</summary>
    internal string? ScriptPath => BackendDomain is not null ? null
        : Script is null or "" || Script[0] == '/' ? Script : "/etc/xen/scripts/" + Script;

    public override string ToString() => $"{VirtualDevice}={Path}";
}

/// <summary>A virtual network interface.</summary>
public sealed record GuestNetworkInterface(string? MacAddress, string? Bridge, string? Script)
{
    /// <summary>Lower-case, colon-separated.</summary>
    public string? MacAddress { get; internal init => field = PrintableText.LineOrNull(value); } = PrintableText.LineOrNull(MacAddress);

    /// <summary>The bridge it is plugged into; null for the host's default.</summary>
    public string? Bridge { get; internal init => field = PrintableText.LineOrNull(value); } = PrintableText.LineOrNull(Bridge);

    /// <summary>The hotplug script, if not the default.</summary>
    public string? Script { get; internal init => field = PrintableText.LineOrNull(value); } = PrintableText.LineOrNull(Script);

    /// <summary>The network of libvirt's that it is plugged into, if nobody told which bridge that has; null otherwise.</summary>
    internal string? Network { get; init => field = PrintableText.LineOrNull(value); }

    /// <summary>The driver domain whose bridge it is; null where it is the control domain's.</summary>
    internal string? BackendDomain { get; init => field = PrintableText.LineOrNull(value); }

    /// <summary>
    /// An interface as it is configured. libxl writes a bridge beside every script, also beside those that route and plug
    /// nothing into it.
    /// </summary>
    internal static GuestNetworkInterface Of(string? macAddress, string? bridge, string? script) => new(
        macAddress,
        bridge is { Length: > 0 } && UsesBridge(script) ? bridge : null,
        script is { Length: > 0 } ? script : null);

    private static bool UsesBridge(string? script) =>
        script is null or "" || script.EndsWith("vif-bridge", StringComparison.Ordinal) || script.EndsWith("vif-openvswitch", StringComparison.Ordinal);

    public override string ToString() => $"{MacAddress}@{Bridge}";
}

/// <summary>A domain that drives devices for other guests in place of the control domain.</summary>
internal static class DriverDomain
{
    /// <summary>Its name or id; null if that is the control domain's.</summary>
    public static string? Of(string? backend) => backend is null or "" or "0" or "Domain-0" ? null : backend;
}
