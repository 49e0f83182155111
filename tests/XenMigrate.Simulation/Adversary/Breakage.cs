namespace XenMigrate.Simulation.Adversary;

/// <summary>What breaks: hosts, connections, links, clocks, and what is told over them.</summary>
internal sealed class Breakage(Scene scene)
{
    public IEnumerable<(double Weight, Func<bool> Act)> Acts =>
    [
        (2, HostReboots), (2, HostHangs), (4, ConnectionBreaks), (3, LinkBreaks), (3, CommandIsLate), (2, OutputIsCut), (1, OutputComesTwice),
        (1, ClockIsSet), (1, JournalDiskIsFull),
    ];

    private World World => scene.World;

    private bool HostReboots()
    {
        SimulatedHost host = World.Pick(World.Hosts);
        TimeSpan time = World.Between(20, 90);
        scene.Interferes($"{host} is booted again, for {time.TotalSeconds:0} s");
        host.Reboot(time);
        scene.Clients.ForEach(client => client.CutOff(host, time));
        World.Guests.ForEach(guest => World.Lost(guest, $"lost with {host}"));
        return true;
    }

    private bool HostHangs()
    {
        SimulatedHost host = World.Pick(World.Hosts);
        TimeSpan time = World.Chance(0.8) ? World.Between(1, 60) : World.Between(600, 1200);
        scene.Interferes($"{host} hangs for {time.TotalSeconds:0} s");
        host.Hang(time);
        if (time > TimeSpan.FromSeconds(15))
        {
            scene.Clients.ForEach(client => client.CutOff(host, time));
            World.Hosts.ForEach(other => World.BreakLink(host, other, time));
        }

        return true;
    }

    private bool ConnectionBreaks()
    {
        Client client = World.Pick(scene.Clients);
        SimulatedHost host = World.Pick(World.Hosts);
        TimeSpan time = World.Chance(0.5) ? TimeSpan.FromSeconds(0.5) : World.Chance(0.8) ? World.Between(1, 60) : World.Between(600, 1200);
        scene.Interferes($"the connection of {client.Name} to {host} breaks, for {time.TotalSeconds:0.0} s");
        client.CutOff(host, time);
        return true;
    }

    private bool LinkBreaks()
    {
        SimulatedHost one = World.Pick(World.Hosts);
        SimulatedHost other = World.Pick([.. World.Hosts.Where(host => host != one)]);
        TimeSpan time = World.Between(1, 120);
        scene.Interferes($"nothing gets from {one} to {other} for {time.TotalSeconds:0} s");
        World.BreakLink(one, other, time);
        return true;
    }

    private bool CommandIsLate()
    {
        Client client = World.Pick(scene.Clients);
        TimeSpan time = World.Between(1, 90);
        scene.Interferes($"{client.Name} hears of the next end {time.TotalSeconds:0} s later");
        client.Delay(time);
        return true;
    }

    private bool OutputIsCut()
    {
        Client client = World.Pick(scene.Clients);
        scene.Interferes($"the next output to {client.Name} is cut off");
        client.CutNext();
        return true;
    }

    private bool ClockIsSet()
    {
        TimeSpan by = World.Between(-7200, 7200);
        if (World.Chance(0.5))
        {
            Client client = World.Pick(scene.Clients);
            scene.Interferes($"the clock of {client.Name} is set by {by.TotalSeconds:0} s");
            client.ClockOffset += by;
        }
        else
        {
            SimulatedHost host = World.Pick(World.Hosts);
            scene.Interferes($"the clock of {host} is set by {by.TotalSeconds:0} s");
            host.ClockOffset += by;
        }

        return true;
    }

    private bool OutputComesTwice()
    {
        Client client = World.Pick(scene.Clients);
        scene.Interferes($"{client.Name} hears each line of the next command twice, and its end too");
        client.DoubleNext();
        return true;
    }

    private bool JournalDiskIsFull()
    {
        Client client = World.Pick(scene.Clients);
        if (client.JournalFolder is null)
        {
            return false;
        }

        scene.Interferes($"the disk of {client.Name}'s journals is full");
        client.FillJournalDisk();
        return true;
    }
}
