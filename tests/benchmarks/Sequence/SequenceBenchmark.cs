namespace XenMigrate.Benchmarks;

/// <summary>
/// Random fleets, from one random placement to another: how many are solved, what is copied beyond what must be, how long it
/// takes; and beside it the fixed order of a rolling pool update that brings guests home host by host.
/// </summary>
internal static class SequenceBenchmark
{
    private const long HostMB = 131_072;
    private static readonly long[] s_sizes = [512, 1024, 2048, 2048, 4096, 4096, 8192, 16_384];

    private static readonly double[] s_filled = [0.70, 0.85, 0.95];
    private static readonly (int Hosts, int Guests, int Fleets)[] s_fleets = [(4, 8, 200), (4, 12, 50), (16, 200, 50), (64, 1500, 10), (500, 20_000, 2)];

    private const double LeastSolved = 0.99;
    private const double MostCopied = 1.10;
    private const double MostSeconds = 10;

    public static IEnumerable<Figure> Run() =>
        from size in s_fleets
        from filled in s_filled
        from figure in Run(size.Hosts, size.Guests, filled, size.Fleets)
        select figure;

    private static IEnumerable<Figure> Run(int hosts, int guests, double filled, int fleets)
    {
        List<double> solved = [];
        List<double> copied = [];
        List<double> seconds = [];
        int inFixedOrder = 0;
        for (int seed = 0; seed < fleets; seed++)
        {
            (SequenceGuest[] fleet, SequenceRules rules) = Fleet(hosts, guests, filled, new Random(seed));
            Stopwatch clock = Stopwatch.StartNew();
            MoveSequence sequence = MoveSequencer.Find(fleet, rules, CancellationToken.None);
            seconds.Add(clock.Elapsed.TotalSeconds);
            inFixedOrder += FixedOrder(fleet, rules) ? 1 : 0;
            if (sequence.Offline.Count == 0)
            {
                solved.Add(1);
                copied.Add(sequence.LeastMB == 0 ? 1 : (double)sequence.MegabytesCopied / sequence.LeastMB);
            }
            else if (IsSolvable(sequence, fleet, rules))
            {
                solved.Add(0);
            }
        }

        string what = Measured.Text($"{hosts} hosts, {guests} guests, {filled * 100:0} % full");
        Console.WriteLine($"{what}: {copied.Count} of {fleets} solved; {inFixedOrder} host by host in a fixed order");
        yield return Measured.Count($"{what}: solved of the solvable", "", LeastSolved, null, solved.DefaultIfEmpty(1).Average());
        yield return Measured.Count($"{what}: copied over the least", "", null, MostCopied, copied);
        yield return Measured.Value($"{what}: slowest", "s", null, MostSeconds, [seconds.Max()]);
    }

    /// <summary>What was not proved to have none may still have a sequence: a search of all placements with more time tells.</summary>
    private static bool IsSolvable(MoveSequence sequence, SequenceGuest[] fleet, SequenceRules rules) =>
        !sequence.Proved && new ExactSequence(fleet, rules, 2_000_000, CancellationToken.None) is var exact
        && (exact.Find(maySave: false, double.MaxValue) is not null || !exact.Finished);

    /// <summary>Guests whose memory fills that share of the hosts', in two random placements.</summary>
    private static (SequenceGuest[] Guests, SequenceRules Rules) Fleet(int hosts, int count, double filled, Random random)
    {
        while (true)
        {
            long[] sizes = [.. Enumerable.Range(0, count).Select(_ => s_sizes[random.Next(s_sizes.Length)])];
            double scale = filled * hosts * HostMB / sizes.Sum();
            sizes = [.. sizes.Select(size => (long)(size * scale))];
            if (Place(sizes, hosts, random) is { } at && Place(sizes, hosts, random) is { } wanted)
            {
                long[] free = [.. Enumerable.Repeat(HostMB, hosts)];
                for (int guest = 0; guest < count; guest++)
                {
                    free[at[guest]] -= sizes[guest];
                }

                return ([.. sizes.Select((size, guest) => new SequenceGuest($"g{guest}", size, at[guest], wanted[guest]))], new SequenceRules(free));
            }
        }
    }

    private static int[]? Place(long[] sizes, int hosts, Random random)
    {
        long[] free = [.. Enumerable.Repeat(HostMB, hosts)];
        int[] at = new int[sizes.Length];
        // The largest first, anywhere where there is room.
        foreach (int guest in Enumerable.Range(0, sizes.Length).OrderByDescending(guest => sizes[guest]).ThenBy(_ => random.Next()))
        {
            int[] room = [.. Enumerable.Range(0, hosts).Where(host => free[host] >= sizes[guest])];
            if (room.Length == 0)
            {
                return null;
            }

            at[guest] = room[random.Next(room.Length)];
            free[at[guest]] -= sizes[guest];
        }

        return at;
    }

    /// <summary>Host after host, each guest of it once: what has no room then is refused.</summary>
    private static bool FixedOrder(SequenceGuest[] guests, SequenceRules rules)
    {
        FleetState state = new(guests, rules);
        for (int host = 0; host < state.Hosts; host++)
        {
            foreach (int guest in Enumerable.Range(0, guests.Length).Where(guest => guests[guest].Wanted == host && !state.IsHome(guest)))
            {
                if (!state.MayEnter(guest, host))
                {
                    return false;
                }

                state.Move(guest, host);
            }
        }

        return true;
    }
}
