namespace XenMigrate.Guests;

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

    /// <summary>The file or device, if there is one before the guest is started; null if a script or QEMU makes it of a name.</summary>
    internal string? FilePath => Script is null && Path?.Length > 0 && Path[0] == '/' ? Path : null;

    /// <summary>Whether it is made of a name that is no path, so that nobody can look at it beforehand.</summary>
    internal bool IsMade => Path is not null && FilePath is null;

    /// <summary>Where its script has to be on the host.</summary>
    internal string? ScriptPath =>
        Script is null or "" || Script[0] == '/' ? Script : "/etc/xen/scripts/" + Script;

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

    public override string ToString() => $"{MacAddress}@{Bridge}";
}
