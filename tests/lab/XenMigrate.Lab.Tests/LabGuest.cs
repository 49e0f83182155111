namespace XenMigrate.Lab.Tests;

/// <summary>
/// A guest without disk and network, so that no hotplug script is in its pause, which writes to so many megabytes so
/// many megabytes a second.
/// </summary>
internal sealed record LabGuest(string Name, int WrittenMegabytes, int MegabytesPerSecond)
{
    public const int MemoryMegabytes = 128;

    public static LabGuest Idle { get; } = new("idle", 0, 0);

    public static LabGuest Slow { get; } = new("slow", 16, 2);

    /// <summary>It writes faster than the lab's network carries.</summary>
    public static LabGuest Busy { get; } = new("busy", 24, 50);

    /// <summary>Starts it on et-virt08, alone.</summary>
    public void Start()
    {
        Lab.Spoil();
        string words = string.Create(
            CultureInfo.InvariantCulture, $"{Name} 10.77.0.140 {MemoryMegabytes} {WrittenMegabytes} {MegabytesPerSecond}");
        foreach (string host in new[] { Lab.Host07, Lab.Host08 })
        {
            _ = Lab.Run(host, "for guest in $(xl list | awk 'NR > 2 { print $1 }'); do xl destroy $guest; done; rm -f /var/log/xen/console/guest-*");
        }

        _ = Lab.Run(Lab.Host08, $"lab-guest {words} | grep -v '^vif' > /root/{Name}.cfg && xl create -q /root/{Name}.cfg");
        _ = Lab.WaitForHeartbeat(Lab.Host08, Name, 2);
    }

    /// <summary>Whether the hypervisor still logs what any guest of a host writes.</summary>
    public static bool IsLogged(string host) =>
        Lab.Run(host, "xl dmesg -c >/dev/null; xl debug-keys q; xl dmesg").Contains("log_dirty", StringComparison.Ordinal);
}
