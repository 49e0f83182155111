namespace XenMigrate.Lab.Tests;

/// <summary>A way to spoil a move to a destination, and the error id that it has to be told by.</summary>
internal sealed record Breakage(string ErrorId, string Remedy, Action<string, string> Spoil)
{
    public static Breakage UnreachableDestination { get; } = new(
        "PortUnreachable",
        "make this work without a question",
        (_, destination) => Lab.Run(destination, "iptables -I INPUT -i xenbr1 -p tcp --dport 22 -j REJECT"));

    public static Breakage UnknownHostKey { get; } = new(
        "HostKeyUnknown", "ssh-keyscan", (source, _) => Lab.Run(source, ": > /root/.ssh/known_hosts"));

    public static Breakage SameName { get; } = new(
        "NameCollision",
        "xl rename",
        (_, destination) => Lab.Run(
            destination, "lab-guest testvm1 10.77.0.109 64 > /root/clash.cfg && xl create -q -p /root/clash.cfg"));

    public static Breakage TooLittleMemory { get; } = new(
        "InsufficientMemory",
        "MiB on",
        (_, destination) => Lab.Run(
            destination,
            "free=$(xl info | sed -n 's/^free_memory *: //p'); "
                + "lab-guest filler 10.77.0.110 $((free - 40)) > /root/filler.cfg && xl create -q -p /root/filler.cfg"));

    public static Breakage MissingDisk { get; } = new(
        "DiskMissing", "mount", (_, destination) => Lab.Run(destination, "umount /var/lib/libvirt/images"));

    public static Breakage MissingBridge { get; } = new(
        "BridgeMissing",
        "ip link add xenbr1",
        (_, destination) => Lab.Run(
            destination,
            "ip link set xenbr1 down && ip link set xenbr1 name spoilt && ip link set spoilt up"));

    public void Break(string destination) =>
        Spoil(destination == Lab.Host07 ? Lab.Host08 : Lab.Host07, destination);
}
