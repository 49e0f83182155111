namespace XenMigrate.Simulation.Xl;

/// <summary>What xl does to a copy at once.</summary>
internal static class XlActs
{
    public static void Pause(World world, Copy copy, string who)
    {
        if (copy.Runs)
        {
            world.Changed(who);
            copy.Become(CopyState.Paused, world.Now);
        }
    }

    /// <summary>A suspended guest is not woken by it.</summary>
    public static void Unpause(SimulatedHost host, Copy copy, string who)
    {
        if (copy.State == CopyState.Building)
        {
            host.World.Wrong($"half a guest let run: {who} unpaused {copy} on {host}");
        }

        if (copy.State == CopyState.Paused)
        {
            host.World.Run(host, copy, who);
        }
    }

    public static void Resume(SimulatedHost host, Copy copy, string who)
    {
        if (copy.State == CopyState.Suspended)
        {
            host.World.Run(host, copy, who);
        }
    }

    /// <summary>Starts a guest from its configuration: it boots from its disks as they are.</summary>
    public static bool Create(SimulatedHost host, GuestTruth guest, string who)
    {
        if (host.Copies.Any(other => other.Name == guest.Name))
        {
            return false;
        }

        host.World.Run(host, host.Add(guest.Name, guest, guest.Disks), who);
        return true;
    }

    /// <summary>Asks a guest to shut down, which takes it some seconds.</summary>
    public static void ShutDown(SimulatedHost host, Copy copy) => host.After(host.World.Between(1, 20), () =>
    {
        if (copy.Runs)
        {
            host.Remove(copy, "its shutdown");
            host.World.Lost(copy.Guest, "shut down");
            host.World.LastInterference = host.World.Now;
        }
    });

    /// <summary>Gives a copy another name, unless that is taken.</summary>
    public static bool Rename(SimulatedHost host, Copy copy, string to, string who)
    {
        if (host.Copies.Any(other => other != copy && other.Name == to))
        {
            return false;
        }

        host.World.Log($"{host}: {copy} is named {to} by {who}");
        host.World.Changed(who);
        copy.Name = to;
        return true;
    }
}
