namespace XenMigrate.Guests;

/// <summary>A virtual disk.</summary>
/// <param name="VirtualDevice">Its name in the guest: xvda, hda …</param>
/// <param name="Path">The file or device on the host; null for an empty drive.</param>
/// <param name="Format">raw, qcow2 …</param>
/// <param name="Backend">phy, qdisk … or null if the toolstack chooses.</param>
/// <param name="ReadOnly">Whether the guest may only read it.</param>
/// <param name="Removable">Whether it is a CD-ROM or the like.</param>
public sealed record GuestDisk(
    string VirtualDevice, string? Path, string? Format, string? Backend, bool ReadOnly, bool Removable)
{
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
