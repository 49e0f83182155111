namespace XenMigrate.Embedded.Commands;

/// <summary>Programs about network interfaces: brctl and ip.</summary>
internal sealed class NetworkPrograms(HostBridge bridge, Hypervisor hypervisor, HostProfile own)
{
    public void AddTo(ProgramTable table)
    {
        table.Add("brctl", ShowBridges);
        table.Add("ip", Ip);
    }

    private int ShowBridges(Invocation call)
    {
        if (call.Arguments is not ["show"])
        {
            return call.Fail("Usage: brctl [commands]\ncommands:\n\tshow      \t\t\tshow a list of bridges");
        }

        IEnumerable<string> guests = hypervisor.Domains.SelectMany(domain => domain.Configuration.Interfaces
            .Select((vif, i) => (vif.Bridge, Name: $"vif{domain.Id}.{i}"))
            .Where(vif => vif.Bridge == bridge.Name)
            .Select(vif => vif.Name));
        call.WriteLine("bridge name\tbridge id\t\tSTP enabled\tinterfaces");
        call.WriteLine($"{bridge.Name}\t\t8000.feffffffffff\t{(bridge.SpanningTree ? "yes" : "no")}\t\tpeth1");
        foreach (string name in (string[])["vif0.1", .. guests])
        {
            call.WriteLine($"\t\t\t\t\t\t\t{name}");
        }

        return 0;
    }

    private int Ip(Invocation call)
    {
        string[] words = [.. call.Arguments];
        switch (words)
        {
            case ["-o", "link", "show", "type", "bridge"]:
                call.WriteLine($"8: {bridge.Name}: <BROADCAST,NOARP,UP,LOWER_UP> mtu {bridge.Mtu} qdisc noqueue "
                    + "\\    link/ether fe:ff:ff:ff:ff:ff brd ff:ff:ff:ff:ff:ff");
                return 0;
            case ["-o", "address" or "addr", "show"]:
                call.WriteLine("1: lo    inet 127.0.0.1/8 scope host lo");
                call.WriteLine("1: lo    inet6 ::1/128 scope host \\       valid_lft forever preferred_lft forever");
                call.WriteLine($"3: eth1    inet {own.Address}/24 brd 10.0.0.255 scope global eth1");
                return 0;
            default:
                return call.Fail("Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }", 255);
        }
    }
}
