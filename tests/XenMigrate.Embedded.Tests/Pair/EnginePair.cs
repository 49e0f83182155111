namespace XenMigrate.Embedded.Tests.Pair;

/// <summary>The embedded pair as the engine sees it, and what can be broken of it.</summary>
internal static class EnginePair
{
    public static Task<HostSession> ConnectAsync(TestPair pair, string host) =>
        ToolstackDetection.ConnectAsync(pair.Shell(host), null, () => DateTimeOffset.UtcNow, default);

    public static async Task<Guest> FindAsync(HostSession host) =>
        Assert.Single(await host.Toolstack.ListAsync(default), guest => guest.Name == "guest");

    public static void Break(EmbeddedHost host, string what)
    {
        switch (what)
        {
            case "bridge":
                host.Dom0.Bridge.Rename("xenbr0");
                break;
            case "disk":
                host.Faults.UnmountStorage();
                break;
            case "memory":
                host.Faults.LimitFreeMemory(4);
                break;
            case "relocation":
                host.Faults.SetRelocation(false);
                break;
            case "listener":
                // xend has not read this yet.
                _ = host.Files.Write("/etc/xen/xend-config.sxp", "(xend-relocation-server yes)\n(xend-relocation-port 9002)\n");
                break;
            case "hosts-allow":
                host.Faults.SetHostsAllow("^et-virt09$");
                break;
            case "port":
                host.Faults.BlockPort(8002);
                break;
            case "clock":
                host.Machine.ClockOffset = new TimeSpan(4, 28, 3);
                break;
            case "maker":
                host.Machine.Processor = HostProcessor.Opteron;
                break;
            case "release":
                _ = host.Files.Write("/etc/redhat-release", "Red Hat Enterprise Linux Server release 5 (Tikanga)\n");
                break;
            case "suspend":
                host.Machine.GuestsOfferSuspend = false;
                break;
            case "shadow":
                host.Faults.LimitFreeMemory(1);
                break;
            case "server":
                host.Machine.HasTimeServer = false;
                break;
            case "medium":
                InsertMedium(host);
                break;
            default:
                throw new ArgumentException(what);
        }
    }

    /// <summary>Starts the guest anew with a CD that both hosts have.</summary>
    private static void InsertMedium(EmbeddedHost host)
    {
        host.Domains.Destroy("guest");
        string file = host.Files.ReadText("/etc/xen/guest");
        _ = host.Files.Write("/etc/xen/guest", file.Replace(
            "xvda,w'", "xvda,w', 'tap:aio:/var/lib/libvirt/images/testvm2.dsk,hdc:cdrom,r'", StringComparison.Ordinal));
        _ = host.Domains.Create("guest", paused: false);
    }
}
