namespace XenMigrate.Simulation.Hosts;

/// <summary>What hosts answer that never changes: two machines alike, with one folder of images.</summary>
internal static class HostFactTexts
{
    private const string Mounts =
        "24 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n52 24 0:36 / /images rw,relatime - nfs4 nas:/images rw,vers=4.2,addr=10.77.0.1\n";

    // Programs that the engine asks for, and that not every host has.
    private static readonly string[] s_missing = ["ntpstat", "timedatectl", "dmsetup", "lsblk", "ovs-vsctl", "brctl", "blockdev", "exportfs"];

    public static CommandResult? Answer(SimulatedHost host, string[] words) => words switch
    {
        ["cat", "/etc/xen/xend-config.sxp"] => Says("(xend-relocation-server yes)\n"),
        ["lsof", ..] => Says("python 3445 root 14u IPv4 10223 TCP *:8002 (LISTEN)\n"),
        ["hostname", "-f"] => Says(host.Name + ".example.com\n"),
        ["cat", "/proc/self/mountinfo"] => Says(Mounts),
        ["chronyc", ..] => Says("Stratum         : 3\nLeap status     : Normal\n"),
        ["cat", "/proc/uptime"] => Says("86400.12 80000.00\n"),
        ["grep", "-m", "3", .., "/proc/cpuinfo"] => Says("vendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC\ncpu MHz\t\t: 2445.429\n"),
        ["uname", "-m"] => Says("x86_64\n"),
        ["xenstore-ls", ..] => Says("control = \"\"\n feature-suspend = \"1\"\n"),
        ["ip", "-o", "address", "show"] => Says($"2: eth1    inet {host.Address}/24 scope global eth1\n"),
        ["ip", "-o", "link", ..] => Says("3: xenbr1: <BROADCAST,UP> mtu 1500 qdisc noqueue state UP\n"),
        ["grep", "-s", ".", var mtu, ..] when !mtu.Contains("/xenbr1/", StringComparison.Ordinal) => Fails(""),
        ["grep", "-s", ".", var mtu, var spanningTree, var delay] => Says($"{mtu}:1500\n{spanningTree}:0\n{delay}:0\n"),
        // A file that is not known here is a file that is not there.
        ["cat", ['/', 'e', 't', 'c', '/', ..] or "/proc/net/vlan/config" or "/proc/mounts"] => Fails("No such file or directory"),
        ["readlink", "-f", "--", var path] => Says(path + "\n"),
        ["ls", ..] => Says(""),
        ["getent", "ahosts", _] => Says("10.77.0.1       STREAM nas\n"),
        ["test", "-w", _] => Says(""),
        ["stat", "-L", "-c", "%d %i %t:%T %F", "--", var path] => Says($"36 {path.Aggregate(0L, (sum, letter) => ((sum * 131) + letter) % 9007199254740881)} 0:0 regular file\n"),
        ["stat", "-L", "-c", ..] => Says("36 12909 16777216 1763851234 regular file\n"),
        ["stat", "-f", "-c", "%a %S", ..] => Says("1000000 4096\n"),
        ["ssh", .. var rest] => Probe(host, rest),
        ["sh", "-c", var script, "sh", ..] when script.Contains("xen-cpuid", StringComparison.Ordinal) => Fails("xen-cpuid: not found"),
        ["sh", "-c", _, "sh", _, "/var/log/xen/xend.log"] => Says(""),
        ["sh", "-c", _, "sh", "/var/lib/xenmigrate"] => Fails("no save helper"),
        [var program, ..] when s_missing.Contains(program) => new CommandResult(127, "", $"sh: 1: {program}: not found"),
        _ => null,
    };

    // The last word is the command, and the one before it the host.
    private static CommandResult Probe(SimulatedHost host, string[] words) =>
        host.World.Hosts.FirstOrDefault(there => words.Contains(there.Name)) is { } there && there.IsUp
            ? Says($"xenmigrate-probe {there.BootId} /usr/sbin/xl\n")
            : new CommandResult(255, "", "ssh: connect to host: No route to host");

    private static CommandResult Says(string output) => new(0, output, "");

    private static CommandResult Fails(string error) => new(1, "", error);
}
