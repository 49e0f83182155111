using XenMigrate.Migration;
using XenMigrate.Simulation.Clients;
using XenMigrate.Simulation.Hosts;
using XenMigrate.Simulation.Time;
using XenMigrate.Simulation.Libvirt;
using XenMigrate.Simulation.Xen;
using XenMigrate.Simulation.Xend;
using XenMigrate.Simulation.Xl;
using XenMigrate.Toolstacks;

namespace XenMigrate.Simulation.Adversary;

/// <summary>
/// Everybody else: administrators, other clients, other tools, and what breaks. It does nothing that is wrong by itself, such
/// as to let a second copy run; what comes of it is for the engine to get right.
/// </summary>
internal sealed class Adversary(World world, GuestTruth guest, List<Undertaking> undertakings)
{
    private readonly List<(double Weight, Func<bool> Act)> _acts = [];
    private int _left = world.Random.Next(0, 5);
    private int _clients;

    // Nobody's hands are quicker than this, and what a guest does in less does not show in its CPU time.
    private static readonly TimeSpan s_hand = TimeSpan.FromSeconds(1);

    private TimeSpan _byHand = TimeSpan.FromSeconds(-10);

    // So that some runs are disturbed at their beginning and others late.
    private readonly double _often = world.Pick([0.02, 0.05, 0.2]);

    /// <summary>Maybe does something now.</summary>
    public void MayAct()
    {
        if (_left == 0 || !world.Chance(_often))
        {
            return;
        }

        if (_acts.Count == 0)
        {
            Prepare();
        }

        // What can't be done now is not done; the next time something else may be.
        double at = world.Random.NextDouble() * _acts.Sum(act => act.Weight);
        foreach ((double weight, Func<bool> act) in _acts)
        {
            at -= weight;
            if (at < 0)
            {
                _left -= act() ? 1 : 0;
                return;
            }
        }
    }

    private void Prepare()
    {
        _acts.AddRange(
        [
            (2, ByHand(Rename)), (2, ByHand(Pause)), (4, ByHand(Unpause)), (2, ByHand(GuestReboots)), (1, ByHand(Destroy)), (1, ByHand(ShutDown)),
            (2, HostReboots), (2, HostHangs), (4, ConnectionBreaks), (3, LinkBreaks), (3, CommandIsLate), (2, OutputIsCut),
            (1, ClockIsSet), (3, ClientIsKilled), (3, UserStops), (3, AnotherMoves), (4, AnotherRepairs), (2, OtherToolMoves), (2, AnotherResumes),
        ]);
    }

    private Func<bool> ByHand(Func<bool> act) => () =>
    {
        if (world.Now < _byHand + s_hand || !act())
        {
            return false;
        }

        _byHand = world.Now;
        return true;
    };

    private IEnumerable<(SimulatedHost Host, Copy Copy)> Copies => world.CopiesOf(guest);

    private (SimulatedHost Host, Copy Copy)? Running => Copies.Where(at => at.Copy.Runs).Select(at => ((SimulatedHost, Copy)?)at).FirstOrDefault();

    private void Log(string text)
    {
        world.LastInterference = world.Now;
        world.Log("*** " + text);
    }

    private bool Rename()
    {
        (SimulatedHost Host, Copy Copy)[] own = [.. Copies.Where(at => at.Copy.Name == guest.Name)];
        if (own.Length == 0)
        {
            return false;
        }

        (SimulatedHost host, Copy copy) = world.Pick(own);
        Log($"somebody renames {copy} on {host}");
        guest.RenamedTo = guest.Name + "-renamed";
        return XlActs.Rename(host, copy, guest.RenamedTo, "somebody");
    }

    private bool Pause()
    {
        if (Running is not var (host, copy))
        {
            return false;
        }

        Log($"somebody pauses {copy} on {host}");
        guest.StoppedBy = "paused";
        XlActs.Pause(world, copy, "somebody");
        return true;
    }

    /// <summary>A copy that stands still and has all of the guest. Nobody in his senses does it to what is called --incoming.</summary>
    private bool Unpause()
    {
        (SimulatedHost Host, Copy Copy)[] still =
        [
            .. Copies.Where(at => at.Copy is { State: CopyState.Paused, IsCurrent: true } && !at.Copy.Name.EndsWith("--incoming", StringComparison.Ordinal)
                // xend waits for its devices still, and may take it away; libvirt for virsh's word.
                && !at.Host.Processes.Any(process => process.Name is "python" or "libvirtd")),
        ];
        if (still.Length == 0 || Running is not null)
        {
            return false;
        }

        (SimulatedHost host, Copy copy) = world.Pick(still);
        Log($"somebody unpauses {copy} on {host}");
        world.Run(host, copy, "somebody");
        return true;
    }

    private bool GuestReboots()
    {
        if (Running is not var (host, copy))
        {
            return false;
        }

        Log($"{copy} on {host} reboots itself");
        host.Remove(copy, "its reboot");
        world.Run(host, host.Add(copy.Name, guest, guest.Disks), "its reboot");
        return true;
    }

    private bool Destroy()
    {
        (SimulatedHost Host, Copy Copy)[] all = [.. Copies];
        if (all.Length == 0)
        {
            return false;
        }

        (SimulatedHost host, Copy copy) = world.Pick(all);
        Log($"somebody destroys {copy} on {host}");
        host.Remove(copy, "somebody");
        world.Lost(guest, "destroyed");
        return true;
    }

    private bool ShutDown()
    {
        if (Running is not var (host, copy))
        {
            return false;
        }

        Log($"somebody shuts {copy} on {host} down");
        host.Remove(copy, "its shutdown");
        guest.StoppedBy = "shut down";
        return true;
    }

    private bool HostReboots()
    {
        SimulatedHost host = world.Pick(world.Hosts);
        TimeSpan time = world.Between(20, 90);
        Log($"{host} is booted again, for {time.TotalSeconds:0} s");
        host.Reboot(time);
        Clients.ForEach(client => client.CutOff(host, time));
        world.Lost(guest, $"lost with {host}");
        return true;
    }

    private bool HostHangs()
    {
        SimulatedHost host = world.Pick(world.Hosts);
        TimeSpan time = world.Chance(0.8) ? world.Between(1, 60) : world.Between(600, 1200);
        Log($"{host} hangs for {time.TotalSeconds:0} s");
        host.Hang(time);
        if (time > TimeSpan.FromSeconds(15))
        {
            Clients.ForEach(client => client.CutOff(host, time));
            world.Hosts.ForEach(other => world.BreakLink(host, other, time));
        }

        return true;
    }

    private bool ConnectionBreaks()
    {
        Client client = world.Pick(Clients);
        SimulatedHost host = world.Pick(world.Hosts);
        TimeSpan time = world.Chance(0.5) ? TimeSpan.FromSeconds(0.5) : world.Chance(0.8) ? world.Between(1, 60) : world.Between(600, 1200);
        Log($"the connection of {client.Name} to {host} breaks, for {time.TotalSeconds:0.0} s");
        client.CutOff(host, time);
        return true;
    }

    private bool LinkBreaks()
    {
        SimulatedHost one = world.Pick(world.Hosts);
        SimulatedHost other = world.Pick([.. world.Hosts.Where(host => host != one)]);
        TimeSpan time = world.Between(1, 120);
        Log($"nothing gets from {one} to {other} for {time.TotalSeconds:0} s");
        world.BreakLink(one, other, time);
        return true;
    }

    private bool CommandIsLate()
    {
        Client client = world.Pick(Clients);
        TimeSpan time = world.Between(1, 90);
        Log($"{client.Name} hears of the next end {time.TotalSeconds:0} s later");
        client.Delay(time);
        return true;
    }

    private bool OutputIsCut()
    {
        Client client = world.Pick(Clients);
        Log($"the next output to {client.Name} is cut off");
        client.CutNext();
        return true;
    }

    private bool ClockIsSet()
    {
        TimeSpan by = world.Between(-7200, 7200);
        if (world.Chance(0.5))
        {
            Client client = world.Pick(Clients);
            Log($"the clock of {client.Name} is set by {by.TotalSeconds:0} s");
            client.ClockOffset += by;
        }
        else
        {
            SimulatedHost host = world.Pick(world.Hosts);
            Log($"the clock of {host} is set by {by.TotalSeconds:0} s");
            host.ClockOffset += by;
        }

        return true;
    }

    private bool ClientIsKilled()
    {
        Undertaking[] under = [.. undertakings.Where(work => !work.IsOver)];
        if (under.Length == 0)
        {
            return false;
        }

        world.LastInterference = world.Now;
        world.Pick(under).Kill();
        return true;
    }

    private bool UserStops()
    {
        Undertaking[] under = [.. undertakings.Where(work => !work.IsOver)];
        if (under.Length == 0)
        {
            return false;
        }

        Undertaking work = world.Pick(under);
        world.Log($"*** the user of {work.Client.Name} stops it");
        work.Stop.Cancel();
        return true;
    }

    private bool AnotherMoves()
    {
        if (Copies.Select(at => at.Host).Distinct().ToArray() is not { Length: > 0 } hosts || _clients > 2)
        {
            return false;
        }

        SimulatedHost from = world.Pick(hosts);
        SimulatedHost to = world.Pick([.. world.Hosts.Where(host => host != from)]);
        world.Log("*** somebody else begins a move");
        Begin(new MoveUndertaking(world, NewClient(), guest, from, to, new MigrationOptions { Live = world.Chance(0.6) }));
        return true;
    }

    private bool AnotherRepairs()
    {
        if (undertakings.OfType<MoveUndertaking>().Where(move => move.IsBegun).ToArray() is not { Length: > 0 } moves || _clients > 2)
        {
            return false;
        }

        MoveUndertaking move = world.Pick(moves);
        world.Log("*** somebody else begins a repair");
        Begin(new RepairUndertaking(world, NewClient(), guest, move.Source, move.Destination, world.Chance(0.5) ? move.Mode : null));
        return true;
    }

    private bool AnotherResumes()
    {
        (SimulatedHost Host, Copy Copy)[] paused = [.. Copies.Where(at => at.Copy.Name == guest.Name && at.Copy.State is CopyState.Paused or CopyState.Building)];
        if (paused.Length == 0 || _clients > 2)
        {
            return false;
        }

        world.Log("*** somebody else resumes the guest");
        Begin(new ResumeUndertaking(world, NewClient(), guest, world.Pick(paused).Host));
        return true;
    }

    /// <summary>xl migrate, or xm migrate, by hand, on a host where nothing else is under way.</summary>
    private bool OtherToolMoves()
    {
        if (Running is not var (host, copy) || world.Hosts.Any(other => other.Hangs || other.Processes.Any(process => process is { Name: "xl" or "virsh" or "xc_save" or "xc_restore", IsDaemon: false })))
        {
            return false;
        }

        SimulatedHost to = world.Pick([.. world.Hosts.Where(other => other != host)]);
        world.MovedByHand.Add((host, to));
        Log($"somebody moves {copy} from {host} to {to} by hand");
        string id = copy.Id.ToString(CultureInfo.InvariantCulture);
        HandTool tool = new(world);
        world.Begin(world.Toolstack switch
        {
            ToolstackKind.Xend => new XendSender(host, tool, id, to.Name, live: true).RunAsync(),
            ToolstackKind.Libvirt => new LibvirtSender(host, tool, id, to.Name, live: true).RunAsync(),
            _ => new XlSender(host, tool, id, to.Name).RunAsync(),
        });
        return true;
    }

    private List<Client> Clients => [.. undertakings.Select(work => work.Client).Where(client => client.IsAlive)];

    private Client NewClient() => new(world, $"client{2 + _clients++}", world.Chance(0.5) ? world.JournalFolder : null);

    private void Begin(Undertaking work)
    {
        undertakings.Add(work);
        _ = work.RunAsync();
    }

    private sealed class HandTool(World world) : IToolOutput
    {
        public HostProcess? Process { get; set; }

        public string Who => "somebody's own move";

        public void Complain(string text) => world.Log($"by hand: {text}");

        public void End(int code)
        {
            world.LastInterference = world.Now;
            Process?.End();
        }
    }
}
