namespace XenMigrate.Simulation.Adversary;

/// <summary>What administrators do by hand to a guest, and what it does itself.</summary>
internal sealed class Hands(Scene scene)
{
    // Nobody's hands are quicker than this, and what a guest does in less does not show in its CPU time.
    private static readonly TimeSpan s_hand = TimeSpan.FromSeconds(1);

    private TimeSpan _last = TimeSpan.FromSeconds(-10);

    public IEnumerable<(double Weight, Func<bool> Act)> Acts =>
    [
        (2, ByHand(Rename)), (2, ByHand(Pause)), (4, ByHand(Unpause)), (2, ByHand(GuestReboots)), (1, ByHand(Destroy)), (1, ByHand(ShutDown)),
    ];

    private World World => scene.World;

    private GuestTruth Guest => scene.Guest;

    private Func<bool> ByHand(Func<bool> act) => () =>
    {
        if (World.Now < _last + s_hand || !act())
        {
            return false;
        }

        _last = World.Now;
        return true;
    };

    private bool Rename()
    {
        (SimulatedHost Host, Copy Copy)[] own = [.. scene.Copies.Where(at => at.Copy.Name == Guest.Name)];
        if (own.Length == 0)
        {
            return false;
        }

        (SimulatedHost host, Copy copy) = World.Pick(own);
        scene.Interferes($"somebody renames {copy} on {host}");
        Guest.RenamedTo = Guest.Name + "-renamed";
        return XlActs.Rename(host, copy, Guest.RenamedTo, "somebody");
    }

    private bool Pause()
    {
        if (scene.Running is not var (host, copy))
        {
            return false;
        }

        scene.Interferes($"somebody pauses {copy} on {host}");
        Guest.StoppedBy = "paused";
        XlActs.Pause(World, copy, "somebody");
        return true;
    }

    /// <summary>A copy that stands still and has all of the Guest. Nobody in his senses does it to what is called --incoming.</summary>
    private bool Unpause()
    {
        (SimulatedHost Host, Copy Copy)[] still =
        [
            .. scene.Copies.Where(at => at.Copy is { State: CopyState.Paused, IsCurrent: true } && !at.Copy.Name.EndsWith("--incoming", StringComparison.Ordinal)
                // xend waits for its devices still, and may take it away; libvirt for virsh's word.
                && !at.Host.Processes.Any(process => process.Name is "python" or "libvirtd")),
        ];
        if (still.Length == 0 || scene.Running is not null)
        {
            return false;
        }

        (SimulatedHost host, Copy copy) = World.Pick(still);
        scene.Interferes($"somebody unpauses {copy} on {host}");
        World.Run(host, copy, "somebody");
        return true;
    }

    private bool GuestReboots()
    {
        if (scene.Running is not var (host, copy))
        {
            return false;
        }

        scene.Interferes($"{copy} on {host} reboots itself");
        host.Remove(copy, "its reboot");
        World.Run(host, host.Add(copy.Name, Guest, Guest.Disks), "its reboot");
        return true;
    }

    private bool Destroy()
    {
        (SimulatedHost Host, Copy Copy)[] all = [.. scene.Copies];
        if (all.Length == 0)
        {
            return false;
        }

        (SimulatedHost host, Copy copy) = World.Pick(all);
        scene.Interferes($"somebody destroys {copy} on {host}");
        Guest.WasTakenAway = true;
        host.Remove(copy, "somebody");
        World.Lost(Guest, "destroyed");
        return true;
    }

    private bool ShutDown()
    {
        if (scene.Running is not var (host, copy))
        {
            return false;
        }

        scene.Interferes($"somebody shuts {copy} on {host} down");
        host.Remove(copy, "its shutdown");
        Guest.StoppedBy = "shut down";
        return true;
    }
}
