namespace XenMigrate.Guests;

/// <summary>A virtual disk.</summary>
/// <param name="VirtualDevice">Its name in the guest: xvda, hda …</param>
/// <param name="Path">The file or device on the host, or what <see cref="Script"/> makes one of; null for an empty drive.</param>
/// <param name="Format">raw, qcow2 …</param>
/// <param name="Backend">phy, qdisk … or null if the toolstack chooses.</param>
/// <param name="ReadOnly">Whether the guest may only read it.</param>
/// <param name="Removable">Whether it is a CD-ROM or the like.</param>
public sealed record GuestDisk(
    string VirtualDevice, string? Path, string? Format, string? Backend, bool ReadOnly, bool Removable)
{
    /// <summary>The block script that makes the disk (block-iscsi, block-drbd …); null where Path is a path.</summary>
    public string? Script { get; init; }

    /// <summary>Whether its configuration allows that others write it at the same time.</summary>
    public bool Shared { get; init; }

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
/// <param name="MacAddress">Lower-case, colon-separated.</param>
/// <param name="Bridge">The bridge it is plugged into; null for the host's default.</param>
/// <param name="Script">The hotplug script, if not the default.</param>
public sealed record GuestNetworkInterface(string? MacAddress, string? Bridge, string? Script)
{
    public override string ToString() => $"{MacAddress}@{Bridge}";
}
