namespace XenMigrate.Lab.Tests;

/// <summary>A way to spoil moves from et-virt07 to et-virt08, how to mend it, and how the module has to tell of it.</summary>
internal sealed record Breakage(string ErrorId, string Remedy, string Host, string Break, string Mend)
{
    public static Breakage UnreachableDestination { get; } = new(
        "PortUnreachable",
        "iptables -I INPUT -p tcp --dport 22",
        Lab.Host08,
        "iptables -I INPUT -i xenbr1 -p tcp --dport 22 -j DROP",
        "iptables -D INPUT -i xenbr1 -p tcp --dport 22 -j DROP");

    /// <summary>Ahead by what the chapter's own sample shows.</summary>
    public static Breakage ClockAstray { get; } = new(
        "ClockSkewExceeded",
        "let NTP set it",
        Lab.Host08,
        "date -s @$(($(date +%s) + 16083))",
        "date -s @$(($(date +%s) - 16083))");

    /// <summary>A guest whose kernel tells of everything but suspension.</summary>
    public static Breakage SilentGuest { get; } = new(
        "GuestNotSuspendable",
        "CONFIG_HIBERNATE_CALLBACKS",
        Lab.Host08,
        "xenstore-write /local/domain/$(xl domid testvm1)/control/feature-suspend ''",
        "xenstore-write /local/domain/$(xl domid testvm1)/control/feature-suspend 1");

    public static Breakage UnknownHostKey { get; } = new(
        "HostKeyUnknown",
        "ssh-keyscan",
        Lab.Host07,
        "mv /root/.ssh/known_hosts /root/.ssh/known_hosts.away",
        "mv /root/.ssh/known_hosts.away /root/.ssh/known_hosts");

    public static Breakage SameName { get; } = new(
        "NameCollision",
        "xl rename",
        Lab.Host08,
        "lab-guest testvm1 10.77.0.109 96 > /root/clash.cfg && xl create -q -p /root/clash.cfg",
        "xl destroy testvm1");

    public static Breakage TooLittleMemory { get; } = new(
        "InsufficientMemory",
        "MiB on",
        Lab.Host08,
        "free=$(xl info | sed -n 's/^free_memory *: //p'); "
            + "lab-guest filler 10.77.0.110 $((free - 40)) > /root/filler.cfg && xl create -q -p /root/filler.cfg",
        "xl destroy filler");

    public static Breakage MissingDisk { get; } = new(
        "DiskMissing",
        "Mount the storage",
        Lab.Host08,
        "umount /var/lib/libvirt/images",
        "mount -t nfs -o vers=4.2,hard,timeo=50 et-virt07:/var/lib/libvirt/images /var/lib/libvirt/images");

    public static Breakage MissingBridge { get; } = new(
        "BridgeMissing",
        "ip link add xenbr1",
        Lab.Host08,
        "ip link set xenbr1 down && ip link set xenbr1 name spoilt && ip link set spoilt up",
        "ip link set spoilt down && ip link set spoilt name xenbr1 && ip link set xenbr1 up");

    public static Breakage Named(string name) => (Breakage)typeof(Breakage).GetProperty(name)!.GetValue(null)!;

    /// <summary>Spoils it until the result is disposed of.</summary>
    public IDisposable Apply()
    {
        _ = Lab.Run(Host, Break);
        return new Mending(this);
    }

    private sealed class Mending(Breakage breakage) : IDisposable
    {
        public void Dispose() => Lab.Run(breakage.Host, breakage.Mend);
    }
}
