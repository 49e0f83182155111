namespace XenMigrate.Embedded.Pair;

/// <summary>The files that a host of the pair begins with.</summary>
internal static class HostSetup
{
    /// <summary>RHEL 5's own file with the chapter's four lines set.</summary>
    public const string XendConfigurationText =
        """
        # -*- sh -*-

        #
        # Xend configuration file.
        #

        # This example configuration is appropriate for an installation that
        # utilizes a bridged network configuration. Access to xend via http
        # is disabled.

        #(logfile /var/log/xen/xend.log)
        #(loglevel DEBUG)

        #(xend-http-server no)
        (xend-unix-server yes)
        #(xend-unix-path /var/lib/xend/xend-socket)

        # Address and port xend should use for the legacy TCP XMLRPC interface
        #(xend-tcp-xmlrpc-server no)

        # Whether xend should listen for other hosts that send guests.
        (xend-relocation-server yes)

        # Port xend should use for the relocation interface, if xend-relocation-server
        # is set.
        (xend-relocation-port 8002)

        # Address xend should listen on for relocation-socket connections, if
        # xend-relocation-server is set.
        # Meaning and default as for xend-address above.
        (xend-relocation-address '')

        # The hosts allowed to talk to the relocation port.  If this is empty (the
        # default), then all connections are allowed (assuming that the connection
        # arrives on a port and interface on which we are listening; see
        # xend-relocation-port and xend-relocation-address above).  Otherwise, this
        # should be a space-separated sequence of regular expressions.  Any host with
        # a fully-qualified domain name or an IP address that matches one of these
        # regular expressions will be accepted.
        #(xend-relocation-hosts-allow '^localhost$ ^localhost\\.localdomain$')
        (xend-relocation-hosts-allow '')

        # The limit (in kilobytes) on the size of the console buffer
        #(console-limit 1024)

        (network-script 'network-bridge bridge=xenbr1 netdev=eth1')
        (vif-script vif-bridge)

        # Dom0 will balloon out when needed to free memory for domU.
        # dom0-min-mem is the lowest memory level (in MB) dom0 will get down to; if it is 0, dom0 keeps all it has.
        (dom0-min-mem 0)

        # In SMP system, dom0 will use dom0-cpus # of CPUS
        (dom0-cpus 0)

        """;

    private static readonly string[] s_folders =
    [
        "/root", "/tmp", "/dev", "/sys/class/dmi/id", "/var/lib/dbus", "/etc/xen", "/etc/xen/scripts", "/proc", "/proc/sys/kernel/random",
        "/var/log/xen/console", "/var/lib/xen/save", PairStorage.Folder,
    ];

    /// <summary>Guests of the pair, as /etc/xen has them on both hosts.</summary>
    public static string GuestConfiguration(string name, string uuid, string mac, string extra) =>
        $"""
        name = "{name}"
        uuid = "{uuid}"
        maxmem = 256
        memory = 256
        vcpus = 1
        bootloader = "/usr/bin/pygrub"
        on_poweroff = "destroy"
        on_reboot = "restart"
        on_crash = "restart"
        vfb = [ "type=vnc,vncunused=1" ]
        disk = [ "tap:aio:{PairStorage.Folder}/{name}.dsk,xvda,w" ]
        vif = [ "mac={mac},bridge=xenbr1" ]
        # What an embedded guest does all day: MiB it writes a second, round and round over so many MiB.
        extra = "{extra}"

        """;

    public static void WriteTo(ControlDomain host)
    {
        HostFiles files = host.Files;
        foreach (string folder in s_folders)
        {
            files.MakeFolders(folder);
        }

        Write("/etc/hosts", "127.0.0.1       localhost.localdomain localhost\n" + string.Concat(
            HostProfile.All.Select(other => $"{other.Address}        {other.FullName} {other.Name}\n")));
        Write("/etc/redhat-release", "Red Hat Enterprise Linux Server release 5.11 (Tikanga)\n");
        Write(PairStorage.ExportsPath, PairStorage.ExportsOf(host.Machine.Profile));
        Write("/etc/fstab", host.Machine.Profile.HasStorage
            ? $"/dev/sdb {PairStorage.Folder} ext3 defaults 1 2\n"
            : $"{HostProfile.Virt07.Name}:{PairStorage.Folder} {PairStorage.Folder} nfs defaults 0 0\n");
        Write(XendConfiguration.Path, XendConfigurationText);
        Write("/etc/xen/testvm1", GuestConfiguration(
            "testvm1", "1b3c0f3e-6a5d-4c1b-9f6e-0d5a7c1e0001", "00:16:3e:4b:07:01", ""));
        Write("/etc/xen/testvm2", GuestConfiguration(
            "testvm2", "1b3c0f3e-6a5d-4c1b-9f6e-0d5a7c1e0002", "00:16:3e:4b:07:02", "dirty=64 working-set=32"));

        Write("/var/log/xen/xend.log", "");
        Write("/var/log/xen/xend-debug.log", "");
        // RHEL 5 has the first from D-Bus, and no /etc/machine-id yet.
        Write("/var/lib/dbus/machine-id", host.Machine.InstallationId.ToString("N") + "\n");
        Write("/sys/class/dmi/id/product_uuid", host.Machine.HardwareId.ToString("D").ToUpperInvariant() + "\n");
        Make("/proc/sys/kernel/random/boot_id", () => host.Machine.BootId + "\n");
        // The kernel of RHEL 5 has no mountinfo yet.
        Make("/proc/mounts", () => string.Concat(files.Mounts.Select(mount => mount.ToLine() + "\n")));
        host.Bridge.Rename(host.Bridge.Name);
        Make("/proc/uptime", () => FormattableString.Invariant($"{host.Machine.Uptime.TotalSeconds:0.00} 1000.00\n"));
        Make("/proc/cpuinfo", () => string.Concat(Enumerable.Range(0, 2).Select(cpu => FormattableString.Invariant(
            $"processor\t: {cpu}\nvendor_id\t: {host.Machine.Processor.Vendor}\nmodel name\t: {host.Machine.Processor.Model}\ncpu MHz\t\t: {host.Machine.Processor.MHz:0.000}\n\n"))));

        void Write(string path, string text) => _ = files.Write(path, text);

        void Make(string path, Func<string> text) => _ = files.Write(path, new GeneratedContent(text));
    }
}
