namespace XenMigrate.Simulation;

/// <summary>
/// One seeded run: a guest is to be moved, or a host to be emptied, while others act and things break; then all troubles end,
/// and one repair of each guest has to leave one running copy of it.
/// </summary>
internal sealed class SimulationRun
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(12);

    private readonly World _world;
    private readonly GuestTruth _guest = new("web", new Guid("b164eace-15c0-4f26-8922-786e23f5bb4b"));
    private readonly List<Undertaking> _undertakings = [];

    public SimulationRun(int seed, bool traces)
    {
        _world = new World(seed, traces);
        _world.Toolstack = _world.Pick([ToolstackKind.Xl, ToolstackKind.Xl, ToolstackKind.Xl, ToolstackKind.Xend, ToolstackKind.Libvirt]);
        bool canResume = _world.Chance(0.5);
        _world.Hosts.AddRange(
        [
            new SimulatedHost(_world, "a", "10.77.0.7", 5) { CanResume = canResume },
            new SimulatedHost(_world, "b", "10.77.0.8", 9) { CanResume = canResume },
            new SimulatedHost(_world, "c", "10.77.0.9", 3) { CanResume = canResume },
        ]);
        _world.Guests.Add(_guest);
        if (_world.IsDrain)
        {
            _world.Guests.Add(new GuestTruth("db", new Guid("5c1f0a55-6d2e-4a0b-9d65-0f3a3c8f7a11")));
        }
    }

    /// <summary>Makes the run.</summary>
    /// <returns>What was wrong; nothing, if all was well.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        try
        {
            await MoveAndRepairAsync();
            return _world.Problems;
        }
        finally
        {
            _world.Clear();
        }
    }

    private async Task MoveAndRepairAsync()
    {
        SimulatedHost source = _world.Hosts[0];
        _world.Guests.ForEach(guest => _world.Run(source, source.Add(guest.Name, guest, 0), "its start"));
        Undertaking first = _world.IsDrain
            ? new DrainUndertaking(_world, NewClient("client1"), source, DrainDirection.Out)
            : NewMove(source);
        _undertakings.Add(first);
        _ = first.RunAsync();

        Adversary.Adversary adversary = new(_world, _guest, _undertakings);
        if (!await _world.Timeline.RunAsync(() => _undertakings.All(work => work.IsOver), s_longest, adversary.MayAct))
        {
            _world.Wrong($"it never ended: {string.Join("; ", _undertakings.Where(work => !work.IsOver))}");
            return;
        }

        _world.Log("*** all troubles end");
        _world.Heal();
        // An hour is more than anything that was left under way takes.
        TimeSpan quiet = _world.Now + TimeSpan.FromHours(1);
        _ = await _world.Timeline.RunAsync(() => _world.Now >= quiet, quiet, () => { });
        _undertakings.ForEach(work => work.RequireStillTrue());
        foreach (GuestTruth guest in _world.Guests)
        {
            await RepairAsync(guest);
        }

        RequireWayBack();
    }

    private MoveUndertaking NewMove(SimulatedHost source)
    {
        MigrationOptions options = new()
        {
            Live = _world.Chance(0.6),
            Checks = _world.Chance(0.3) ? CheckSelection.AllBut(["*"]) : CheckSelection.Everything,
            Timeout = _world.Chance(0.15) ? _world.Between(1, 60) : null,
        };
        return new MoveUndertaking(_world, NewClient("client1"), _guest, source, _world.Hosts[1], options);
    }

    /// <summary>
    /// A guest that is where a drain took it is on the list of those that are brought back. Not judged where a client was
    /// killed while it emptied a host that is filled later: a move that its tool still makes then is one that nobody notes;
    /// nor where the drain itself was told no: it was somebody else who took the guest there.
    /// </summary>
    private void RequireWayBack()
    {
        BegunMove[] all = [.. _undertakings.SelectMany(work => work.Begun).OrderBy(move => move.At)];
        foreach ((DrainUndertaking drain, BegunMove move) in _undertakings.OfType<DrainUndertaking>()
            .Where(drain => drain.Direction == DrainDirection.Out && !MayBeUnknown(drain.Source)).SelectMany(drain => drain.Begun.Select(move => (drain, move))))
        {
            if (all.Last(other => other.Guest == move.Guest) == move
                && !drain.NotMade.Contains(move)
                && _world.CopiesOf(move.Guest).Any(at => at.Copy.Runs && at.Host == move.Destination)
                && HostDrain.Read(_world.JournalFolder, drain.Source.Name)?.Guest.Any(guest => guest.Uuid == move.Guest.Uuid && guest.Destination.IsCalled(move.Destination.Name)) != true)
            {
                _world.Wrong($"nobody would bring {move.Guest.Name} back from {move.Destination} to {drain.Source}");
            }
        }
    }

    private bool MayBeUnknown(SimulatedHost host)
    {
        DrainUndertaking[] drains = [.. _undertakings.OfType<DrainUndertaking>().Where(drain => drain.Source == host)];
        return drains.Any(drain => drain is { Direction: DrainDirection.Out, WasKilled: true }) && drains.Any(drain => drain.Direction == DrainDirection.Back);
    }

    private Client NewClient(string name) => new(_world, name, _world.JournalFolder);

    public IReadOnlyList<string> Trace => _world.Trace;

    private async Task RepairAsync(GuestTruth guest)
    {
        // The latest move first, as who repairs would. By hand only one guest is moved.
        IEnumerable<RepairUndertaking> repairs = _undertakings.SelectMany(work => work.Begun).Where(move => move.Guest == guest).Reverse()
            .Select(move => Repair(guest, move.Source, move.Destination, move.Mode))
            .Concat(_world.MovedByHand.Where(_ => guest == _guest).Select(move => Repair(guest, move.Source, move.Destination, null)));
        List<string> told = [];
        foreach (RepairUndertaking repair in repairs)
        {
            await RunAsync(repair, told);
            if (told[^1].Contains("No guest called", StringComparison.Ordinal) && guest.RenamedTo is { } name)
            {
                // It says what guests there are, and asks for the right one.
                await RunAsync(Repair(guest, repair.Source, repair.Destination, repair.Mode, name), told);
            }
        }

        (SimulatedHost Host, Copy Copy)[] copies = [.. _world.CopiesOf(guest)];
        // What stands still beside it may be left where the repair says so: it must not be taken for the guest.
        bool isSettled = copies is [{ Copy.Runs: true }] || (copies.Count(at => at.Copy.Runs) == 1 && told.Any(text => text.Contains("Left", StringComparison.Ordinal)));
        if (guest.StoppedBy is null && !isSettled && !(IsUnknowable(guest, copies) && told.Exists(text => text.Contains("can't be told", StringComparison.Ordinal) || text.Contains("nobody can tell", StringComparison.Ordinal))))
        {
            _world.Wrong($"after the repair of {guest.Name}: {string.Join(", ", copies.Select(at => $"{at.Host} has {at.Copy}"))}; told was {string.Join("; ", told)}");
        }
    }

    private async Task RunAsync(RepairUndertaking repair, List<string> told)
    {
        _ = repair.RunAsync();
        if (!await _world.Timeline.RunAsync(() => repair.IsOver, s_longest * 2, () => { }))
        {
            _world.Wrong($"it never ended: {repair}");
        }

        told.Add($"{repair.Result}, {repair.Result?.Left ?? repair.NotFound}");
    }

    /// <summary>
    /// Whether nobody can know if the one copy that is left is the guest: it was suspended to be sent, and the other end may
    /// have let it run; or it came, and where it came from somebody took it away, or the host was booted, so that nothing there
    /// remembers whether it was let run again before.
    /// </summary>
    private bool IsUnknowable(GuestTruth guest, (SimulatedHost Host, Copy Copy)[] copies) => copies is [var only]
        && (only.Copy.State == CopyState.Suspended
            || (only.Copy.Name.EndsWith("--incoming", StringComparison.Ordinal) && (guest.WasTakenAway || _world.Hosts.Any(host => host != only.Host && host.WasBooted))));

    private RepairUndertaking Repair(GuestTruth guest, SimulatedHost source, SimulatedHost destination, MigrationMode? mode, string? name = null) =>
        new(_world, NewClient("repairer"), guest, source, destination, mode) { Name = name ?? guest.Name };
}
