namespace XenMigrate.Simulation.Clients;

/// <summary>Suspend-MigrationHost and Resume-MigrationHost: a host is emptied, or gets its guests back.</summary>
internal sealed class DrainUndertaking(World world, Client client, SimulatedHost host, DrainDirection direction)
    : Undertaking(world, client, world.Guests[0], host, host)
{
    // Several moves look at the hosts at once, so that nobody can say which look a result rests on.
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(5);

    private readonly List<(ReportedMove Move, TimeSpan Seen)> _told = [];
    private readonly CheckSelection _checks = world.Chance(0.3) ? CheckSelection.AllBut(["*"]) : CheckSelection.Everything;
    private readonly bool _mayGoOffline = world.Chance(0.5);
    private readonly WindowLimits _limits = new() { ThrottleLimit = world.Pick([1, 2]) };

    public DrainDirection Direction => direction;

    /// <summary>Whether nobody was left to note how its moves ended.</summary>
    public bool WasKilled => !Client.IsAlive;

    /// <summary>Moves that were begun, and not made: somebody else was at work on the guest, or it had changed.</summary>
    public HashSet<BegunMove> NotMade { get; } = [];

    private string Folder => Client.JournalFolder ?? throw new JournalNotWrittenException("the user's own folder", "the user has none");

    public override string ToString() => direction == DrainDirection.Out ? $"Suspend-MigrationHost of {Source}" : $"Resume-MigrationHost of {Source}";

    public override void RequireStillTrue()
    {
        foreach ((ReportedMove move, TimeSpan seen) in _told.Where(told => World.LastChangeBesides(Client) < told.Seen))
        {
            move.Compare("once all ended, ");
        }
    }

    protected override async Task<string> WorkAsync()
    {
        HostDrain? filled = direction == DrainDirection.Out ? null : HostDrain.Read(Folder, Source.Name) ?? throw new DrainNotFoundException(Source.Name, Folder);
        FleetRequest request = filled is null ? await LeavingAsync() : await ReturningAsync(filled);
        FleetPlan plan = await FleetPlanner.PlanAsync(request with { Checks = _checks }, Client.Timing, Stop.Token);
        Guid batch = Guid.NewGuid();
        using DrainJournal journal = DrainJournal.Begin(Folder, batch, Source.Name, Client.Timing, filled);
        int arrived = 0;
        await new GuestBatch(_limits, MoveOrder.None, Client.Timing).RunAsync(
            [.. (await Task.WhenAll(plan.Move.Select(MoveAsync))).OfType<GuestMove>()],
            (move, token) => MoveAsync(move, journal, batch, token),
            _ => { },
            end =>
            {
                if (end.Value is { } result)
                {
                    journal.Ends(result);
                    arrived += result.Outcome == MigrationOutcome.Succeeded ? 1 : 0;
                }

                World.Log($"{Client.Name}: {end.Move.Item}: {end.Outcome} {end.Value?.Outcome} {end.Value?.Message} {end.Error?.Message}");
            },
            Stop.Token);
        bool isComplete = !Stop.IsCancellationRequested && plan.Unplaced.Count == 0
            && (direction == DrainDirection.Out ? await IsEmptyAsync() : arrived == plan.Move.Count && request.Guests.Count == plan.Move.Count);
        journal.End(isComplete);
        return $"{plan}, {arrived} of them arrived, {(isComplete ? "complete" : "not complete")}";
    }

    private async Task<FleetRequest> LeavingAsync()
    {
        HostSession host = Session(Source);
        return new FleetRequest(
            [.. (await ListAsync(host)).Where(guest => guest.Id is not null && !guest.IsControlDomain).Select(guest => new LeavingGuest(guest, host) { MayGoOffline = _mayGoOffline })],
            [.. OtherHosts.Select(other => (HostEnd)other)]);
    }

    private async Task<FleetRequest> ReturningAsync(HostDrain drain)
    {
        HostSession home = Session(Source);
        List<(HostSession, IReadOnlyList<Guest>)> hosts = [(home, await ListAsync(home))];
        foreach (HostSession other in OtherHosts)
        {
            try
            {
                hosts.Add((other, await ListAsync(other)));
            }
            catch (XenMigrateException)
            {
                // What is there stays there.
            }
        }

        ReturningGuests found = ReturningGuests.Find(drain, hosts, _ => _mayGoOffline);
        return new FleetRequest(found.Away, [home]);
    }

    /// <summary>What is planned, as the guest is now; null if it is not there any more.</summary>
    private async Task<GuestMove?> MoveAsync(PlannedMove planned)
    {
        HostSession source = Session(Host(planned.Source));
        return (await ListAsync(source)).FirstOrDefault(planned.Is) is { } guest
            ? new GuestMove(guest, source, Session(Host(planned.Destination))) { Live = planned.Mode == MigrationMode.Live, MayGoOffline = _mayGoOffline }
            : null;
    }

    private async Task<MigrationResult?> MoveAsync(GuestMove move, DrainJournal journal, Guid batch, CancellationToken token)
    {
        MigrationMode mode = move.Live == true ? MigrationMode.Live : MigrationMode.Offline;
        BegunMove begun = new(
            World.Guests.Find(guest => guest.Uuid == move.Guest.Uuid)!, Host(move.Source.ComputerName), Host(move.Destination.ComputerName), mode, World.Now);
        MigrationResult? result;
        try
        {
            result = await RunAsync();
        }
        catch (Exception e) when (e is GuestLeasedException or ActNotDoneException)
        {
            _ = NotMade.Add(begun);
            throw;
        }

        ReportedMove told = new(World, Client, begun, result!);
        TimeSpan seen = new[] { Client.Looked.GetValueOrDefault(begun.Source), Client.Looked.GetValueOrDefault(begun.Destination), World.Now - s_between }.Min();
        _told.Add((told, seen));
        if (World.LastChangeBesides(Client) < seen)
        {
            told.Compare("");
        }

        return result;

        Task<MigrationResult?> RunAsync() => new JournaledMove(Client.JournalFolder, batch, Client.Timing) { Create = Client.CreateJournal }.RunAsync(
            new MoveParts(move.Source, move.Destination, null, plan =>
            {
                journal.Leaves(plan);
                Begins(begun = begun with { At = World.Now });
                return Task.FromResult(true);
            }),
            move.Guest,
            mode,
            parts => new FallbackMigrator(parts.Progress, Client.Timing, mayPauseLonger: null).MoveAsync(
                parts.Source, parts.Destination, move.Guest, new MigrationOptions { Live = mode == MigrationMode.Live, Checks = _checks }, parts.Confirm, token));
    }

    private async Task<bool> IsEmptyAsync()
    {
        try
        {
            return (await ListAsync(Session(Source))).All(guest => guest.IsControlDomain || guest.Id is null);
        }
        catch (XenMigrateException)
        {
            return false;
        }
    }

    private SimulatedHost Host(string name) => World.Hosts.Find(host => host.Name == name)!;

    private Task<IReadOnlyList<Guest>> ListAsync(HostSession host) => host.Toolstack.ListAsync(Stop.Token);
}
