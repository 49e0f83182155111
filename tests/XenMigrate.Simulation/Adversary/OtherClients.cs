namespace XenMigrate.Simulation.Adversary;

/// <summary>Who uses the engine, too: other clients, and whoever stops or kills one.</summary>
internal sealed class OtherClients(Scene scene)
{
    private const string SavedImage = "/images/by-a-client.save";

    private int _clients;

    public IEnumerable<(double Weight, Func<bool> Act)> Acts =>
    [
        (3, ClientIsKilled), (3, UserStops), (3, AnotherMoves), (4, AnotherRepairs), (2, AnotherResumes),
        (1, AnotherSaves), (2, AnotherRestores), (2, AnotherStarts), (1, AnotherShutsDown), .. Drains,
    ];

    // Only there, so that the other runs stay as they were.
    private IEnumerable<(double Weight, Func<bool> Act)> Drains => World.IsDrain ? [(8, AnotherDrains)] : [];

    private World World => scene.World;

    private GuestTruth Guest => scene.Guest;

    private bool ClientIsKilled()
    {
        Undertaking[] under = scene.UnderWay;
        if (under.Length == 0)
        {
            return false;
        }

        World.LastInterference = World.Now;
        World.Pick(under).Kill();
        return true;
    }

    private bool UserStops()
    {
        Undertaking[] under = scene.UnderWay;
        if (under.Length == 0)
        {
            return false;
        }

        Undertaking work = World.Pick(under);
        World.Log($"*** the user of {work.Client.Name} stops it");
        work.Stop.Cancel();
        return true;
    }

    private bool AnotherMoves()
    {
        if (scene.Copies.Select(at => at.Host).Distinct().ToArray() is not { Length: > 0 } hosts || _clients > 2)
        {
            return false;
        }

        SimulatedHost from = World.Pick(hosts);
        SimulatedHost to = World.Pick([.. World.Hosts.Where(host => host != from)]);
        World.Log("*** somebody else begins a move");
        Begin(new MoveUndertaking(World, NewClient(), Guest, from, to, new MigrationOptions { Live = World.Chance(0.6) }));
        return true;
    }

    private bool AnotherRepairs()
    {
        if (scene.Undertakings.SelectMany(work => work.Begun).Where(move => move.Guest == Guest).ToArray() is not { Length: > 0 } moves || _clients > 2)
        {
            return false;
        }

        BegunMove move = World.Pick(moves);
        World.Log("*** somebody else begins a repair");
        Begin(new RepairUndertaking(World, NewClient(), Guest, move.Source, move.Destination, World.Chance(0.5) ? move.Mode : null));
        return true;
    }

    private bool AnotherResumes()
    {
        (SimulatedHost Host, Copy Copy)[] paused = [.. scene.Copies.Where(at => at.Copy.Name == Guest.Name && at.Copy.State is CopyState.Paused or CopyState.Building)];
        if (paused.Length == 0 || _clients > 2)
        {
            return false;
        }

        World.Log("*** somebody else resumes the guest");
        Begin(new ResumeUndertaking(World, NewClient(), Guest, World.Pick(paused).Host));
        return true;
    }

    private bool AnotherSaves()
    {
        if (World.Toolstack != ToolstackKind.Xl || scene.Running is not var (host, _) || _clients > 2)
        {
            return false;
        }

        World.Log("*** somebody else saves the guest");
        Begin(new SaveUndertaking(World, NewClient(), Guest, host, SavedImage));
        return true;
    }

    /// <summary>On any host, from an image that nothing is newer than: else it is who restores it that is wrong, and is told so by its disks.</summary>
    private bool AnotherRestores()
    {
        if (!World.Images.TryGetValue(SavedImage, out Image? image) || !image.IsWhole || image.Memory != Guest.Disks || scene.Running is not null || _clients > 3)
        {
            return false;
        }

        World.Log("*** somebody else restores the guest");
        Begin(new RestoreUndertaking(World, NewClient(), Guest, World.Pick(World.Hosts), SavedImage));
        return true;
    }

    /// <summary>Whoever wants it to run again, once it does not: from its configuration, as after any end of it.</summary>
    private bool AnotherStarts()
    {
        if (World.Toolstack != ToolstackKind.Xl || Guest.StoppedBy is null || _clients > 3)
        {
            return false;
        }

        World.Log("*** somebody else starts the guest");
        Begin(new StartUndertaking(World, NewClient(), Guest, World.Pick(World.Hosts)));
        return true;
    }

    private bool AnotherShutsDown()
    {
        if (World.Toolstack != ToolstackKind.Xl || scene.Running is not var (host, _) || _clients > 2)
        {
            return false;
        }

        World.Log("*** somebody else has the guest shut down");
        Begin(new ShutDownUndertaking(World, NewClient(), Guest, host));
        return true;
    }

    /// <summary>A host that is empty gets its guests back, and another is emptied.</summary>
    private bool AnotherDrains()
    {
        if (_clients > 3)
        {
            return false;
        }

        SimulatedHost host = World.Pick(World.Hosts);
        DrainDirection direction = HostDrain.Read(World.JournalFolder, host.Name) is null ? DrainDirection.Out : DrainDirection.Back;
        World.Log(direction == DrainDirection.Out ? $"*** somebody else empties {host}" : $"*** somebody else puts {host} back into service");
        Begin(new DrainUndertaking(World, NewClient(World.JournalFolder), host, direction));
        return true;
    }

    private Client NewClient() => NewClient(World.Chance(0.5) ? World.JournalFolder : null);

    private Client NewClient(string? journals) => new(World, $"client{2 + _clients++}", journals);

    private void Begin(Undertaking work)
    {
        scene.Undertakings.Add(work);
        _ = work.RunAsync();
    }
}
