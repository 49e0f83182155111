using System.Diagnostics;

namespace XenMigrate.Embedded.Tests.Chaos;

/// <summary>
/// One seeded run: some guests cross between the hosts while something goes wrong; then what is left is settled, and the
/// truth is compared with what was told.
/// </summary>
internal sealed class ChaosRun(int seed)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    // The engine waits seconds for what an embedded host does in milliseconds.
    private const double Haste = 20;

    private readonly Random _random = new(seed);
    private readonly List<string> _problems = [];
    private readonly List<string> _told = [];

    /// <summary>Makes the run.</summary>
    /// <returns>What happened, and what was wrong; nothing, if all was well.</returns>
    public async Task<ChaosReport> RunAsync()
    {
        Stopwatch clock = Stopwatch.StartNew();
        using EmbeddedPair pair = EmbeddedPair.Start(
            times: new TransferTimes { Handshake = TimeSpan.FromMilliseconds(500), Silence = TimeSpan.FromMilliseconds(500) },
            withGuests: false);
        ChaosGuests guests = new(pair);
        int count = _random.Next(1, 4);
        for (int i = 1; i <= count; i++)
        {
            guests.Add($"guest{i}", pair.Hosts[_random.Next(4) == 0 ? 0 : 1], _random);
        }

        ChaosFault fault = ChaosFault.Choose(_random);
        pair.Network.SetFaults(fault.Link(_random.NextInt64(10, 80) << 20));
        using ChaosWatch watch = new(pair, guests);
        IReadOnlyList<GuestMove> moves = await MoveAsync(pair, guests, fault);
        await SettleAsync(pair, guests, [.. moves.Where(move => !guests.IsWhole(move.Guest.Name))]);
        _problems.AddRange(guests.Problems());
        _problems.AddRange(watch.Problems());
        return new ChaosReport(seed, $"{count} guests, {fault}: {string.Join("; ", _told)}", _problems, clock.Elapsed);
    }

    private static Timing Hasty()
    {
        Stopwatch clock = Stopwatch.StartNew();
        return Timing.Real with
        {
            Elapsed = () => clock.Elapsed * Haste,
            Delay = (time, token) => Task.Delay(time / Haste, token),
        };
    }

    private static Task<HostSession> ConnectAsync(EmbeddedPair pair, EmbeddedHost host, Task death) =>
        ToolstackDetection.ConnectAsync(new MortalShell(pair.Shell(host.Profile.Name), death), null, () => DateTimeOffset.UtcNow, default);

    private async Task<IReadOnlyList<GuestMove>> MoveAsync(EmbeddedPair pair, ChaosGuests guests, ChaosFault fault)
    {
        TaskCompletionSource death = new(TaskCreationOptions.RunContinuationsAsynchronously);
        HostSession[] hosts = await Task.WhenAll(pair.Hosts.Select(host => ConnectAsync(pair, host, death.Task)));
        List<GuestMove> moves = [];
        for (int from = 0; from < hosts.Length; from++)
        {
            moves.AddRange((await ListAsync(hosts[from])).Select(guest => new GuestMove(guest, hosts[from], hosts[1 - from])));
        }

        using CancellationTokenSource stop = new();
        bool fallback = _random.Next(2) == 0;
        MigrationOptions options = new()
        {
            Live = true,
            UsualPreCopy = new PreCopyOptions { MaximumDowntime = TimeSpan.FromMilliseconds(50), OfflineFallback = fallback },
        };
        List<WindowResult<GuestMove, MigrationResult?>> ends = [];
        Task all = new GuestBatch(new WindowLimits { ThrottleLimit = 2 }, MoveOrder.None, Hasty()).RunAsync(
            moves,
            (move, token) => new Migrator(null, Hasty()).MoveAsync(
                move.Source, move.Destination, move.Guest, options, _ => Task.FromResult(true), token),
            _ => { },
            ends.Add,
            stop.Token);

        _ = await PollAsync(() => all.IsCompleted || !guests.IsQuiet);
        await Task.Delay(fault.Delay, CancellationToken.None);
        fault.Strike(pair.Hosts[1], pair.Hosts[0], stop.Cancel, death.SetResult);
        if (fault.Kind is ChaosKind.LinkReset or ChaosKind.LinkSilent)
        {
            await Task.Delay(_random.Next(1, 800), CancellationToken.None);
            pair.Network.SetFaults(LinkFaults.None);
        }

        if (fault.Kind == ChaosKind.Kill)
        {
            _told.Add("killed");
            await SettleAsync(pair, guests, moves);
        }
        else if (await Task.WhenAny(all, Task.Delay(s_patience, CancellationToken.None)) != all)
        {
            _problems.Add("the moves did not end");
        }
        else
        {
            await all;
        }

        pair.Network.SetFaults(LinkFaults.None);
        if (!await PollAsync(() => guests.IsQuiet))
        {
            _problems.Add("a host never came to rest");
        }

        if (all.IsCompleted)
        {
            ends.ForEach(end => Compare(pair, guests, end));
        }

        return moves;
    }

    /// <summary>What was told of a move has to be so now that nothing changes any more.</summary>
    private void Compare(EmbeddedPair pair, ChaosGuests guests, WindowResult<GuestMove, MigrationResult?> end)
    {
        GuestMove move = end.Move.Item;
        MigrationOutcome? outcome = end.Value?.Outcome;
        _told.Add($"{move.Guest} {outcome?.ToString() ?? end.Error?.GetType().Name ?? end.Outcome.ToString()}");
        bool here = Runs(move.Source);
        bool there = Runs(move.Destination);
        bool isTrue = outcome switch
        {
            MigrationOutcome.Succeeded => there && !here,
            MigrationOutcome.Undetermined => true,
            MigrationOutcome.FailedSourceSuspended => !here && !there,
            // An error, or no move at all, leaves it where it was.
            _ => here && !there,
        };
        if (!isTrue)
        {
            _problems.Add($"told of {move}: {outcome}, {end.Value?.Message ?? end.Error?.Message}; the truth: {guests.Where(move.Guest.Name)}");
        }

        bool Runs(HostSession host) =>
            guests.CopiesOf(move.Guest.Name, pair.Host(host.ComputerName)).Any(copy => copy.Guest.Running);
    }

    /// <summary>A new client, which waits for what the old one left under way, and settles what then is left.</summary>
    private async Task SettleAsync(EmbeddedPair pair, ChaosGuests guests, IReadOnlyList<GuestMove> moves)
    {
        HostSession[] hosts = await Task.WhenAll(pair.Hosts.Select(host => ConnectAsync(pair, host, new TaskCompletionSource().Task)));
        foreach (GuestMove move in moves)
        {
            HostSession source = hosts.Single(host => host.ComputerName == move.Source.ComputerName);
            HostSession destination = hosts.Single(host => host != source);
            MoveTrace trace = new(move.Guest.Name, null, source.ComputerName, destination.ComputerName);
            MigrationRepair repair = (await new MoveRepairer(trace, source, destination, Hasty()) { Patience = s_patience * Haste }
                .RepairAsync(_ => Task.FromResult(RepairConsent.Given), default))!;
            _told.Add($"repair of {repair}");
            if (repair.ComputerName is not { } where || !guests.CopiesOf(repair.Name, pair.Host(where)).Any(copy => copy.Guest.Running))
            {
                _problems.Add($"told of the repair of {repair}, {repair.Left}; the truth: {guests.Where(repair.Name)}");
            }
        }
    }

    private static async Task<IReadOnlyList<Guest>> ListAsync(HostSession host) =>
        [.. (await host.Toolstack.ListAsync(default)).Where(guest => !guest.IsControlDomain)];

    private static async Task<bool> PollAsync(Func<bool> happens)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!happens())
        {
            if (clock.Elapsed > s_patience)
            {
                return false;
            }

            await Task.Delay(1, CancellationToken.None);
        }

        return true;
    }
}

/// <param name="Seed">Makes the same run again, but for the machine's own timing.</param>
/// <param name="Story">What happened.</param>
/// <param name="Problems">What was wrong.</param>
/// <param name="Took">How long it took.</param>
internal sealed record ChaosReport(int Seed, string Story, IReadOnlyList<string> Problems, TimeSpan Took)
{
    public override string ToString() =>
        $"seed {Seed}, {Story}{(Problems.Count == 0 ? "" : "\n  WRONG: " + string.Join("\n  WRONG: ", Problems))}";
}
