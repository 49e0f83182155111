namespace XenMigrate.Lab.Tests;

/// <summary>
/// A guest without disk, and without network unless it is asked for, so that no hotplug script is in its pause, which
/// writes to so many megabytes so many megabytes a second.
/// </summary>
internal sealed record LabGuest(string Name, int WrittenMegabytes, int MegabytesPerSecond)
{
    public static readonly TimeSpan TimeToBoot = TimeSpan.FromMinutes(4);

    public static LabGuest Idle { get; } = new("idle", 0, 0);

    public static LabGuest Slow { get; } = new("slow", 16, 2);

    /// <summary>It writes faster than the lab's network carries.</summary>
    public static LabGuest Busy { get; } = new("busy", 24, 50);

    public GuestType Type { get; init; } = GuestType.PV;

    public bool HasNetwork { get; init; }

    /// <summary>Of an HVM guest's, eight are for video.</summary>
    public int MemoryMegabytes => Type == GuestType.HVM ? 160 : 128;

    /// <summary>What lab-guest and lab-guest-xml have to know of it.</summary>
    public string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"--type {Type.ToString().ToLowerInvariant()} {Name} 10.77.0.140 {MemoryMegabytes} {WrittenMegabytes} {MegabytesPerSecond}");

    /// <summary>Starts it on et-virt08, alone.</summary>
    public void Start()
    {
        Lab.Clear();
        string devices = HasNetwork ? "" : "| grep -v '^vif'";
        _ = Lab.Run(Lab.Host08, $"lab-guest {Words} {devices} > /root/{Name}.cfg && xl create -q /root/{Name}.cfg");
        _ = Lab.WaitForHeartbeat(Lab.Host08, Name, 2, TimeToBoot);
    }

    /// <summary>Starts it on et-virt08, alone, by libvirt.</summary>
    public void StartByLibvirt()
    {
        Lab.Clear();
        _ = Lab.Run(Lab.Host08, $"lab-guest-xml {Words} > /root/{Name}.xml && virsh -c xen:///system create /root/{Name}.xml");
        _ = Lab.WaitForHeartbeat(Lab.Host08, Name, 2, TimeToBoot);
    }

    /// <summary>Whether the hypervisor still logs what any guest of a host writes.</summary>
    public static bool IsLogged(string host) =>
        Lab.Run(host, "xl dmesg -c >/dev/null; xl debug-keys q; xl dmesg").Contains("log_dirty", StringComparison.Ordinal);
}
