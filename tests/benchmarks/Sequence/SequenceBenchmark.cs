using XenMigrate.Fleet.Sequencing;

namespace XenMigrate.Benchmarks;

/// <summary>
/// Random fleets, from one random placement to another: how many are solved, what is copied beyond what must be, how long it
/// takes; and beside it the fixed order of a rolling pool update that brings guests home host by host.
/// </summary>
internal static class SequenceBenchmark
{
    private const long HostMB = 131_072;
    private static readonly long[] s_sizes = [512, 1024, 2048, 2048, 4096, 4096, 8192, 16_384];

    public static int Run()
    {
        Console.WriteLine("hosts  guests  filled  solved  of the solvable  copied over least  longest  fixed order solved");
        foreach ((int hosts, int guests, int fleets) in new[] { (4, 8, 300), (4, 12, 100), (16, 200, 50), (64, 1500, 10), (500, 20_000, 2) })
        {
            foreach (double filled in new[] { 0.70, 0.85, 0.95 })
            {
                Run(hosts, guests, filled, fleets);
            }
        }

        return 0;
    }

    private static void Run(int hosts, int guests, double filled, int fleets)
    {
        int solved = 0;
        int missed = 0;
        int unknown = 0;
        int byOrder = 0;
        List<double> over = [];
        double longest = 0;
        for (int seed = 0; seed < fleets; seed++)
        {
            (SequenceGuest[] fleet, SequenceRules rules) = Fleet(hosts, guests, filled, new Random(seed));
            Stopwatch clock = Stopwatch.StartNew();
            MoveSequence sequence = MoveSequencer.Find(fleet, rules, CancellationToken.None);
            longest = Math.Max(longest, clock.Elapsed.TotalSeconds);
            byOrder += FixedOrder(fleet, rules) ? 1 : 0;
            if (sequence.Offline.Count == 0)
            {
                solved++;
                over.Add(sequence.LeastMB == 0 ? 1 : (double)sequence.MegabytesCopied / sequence.LeastMB);
            }
            else
            {
                // An exhaustive search with more time may still find one.
                ExactSequence exact = new(fleet, rules, 2_000_000, CancellationToken.None);
                bool solvable = !sequence.Proved && (exact.Find(maySave: false, double.MaxValue) is not null || !exact.Finished);
                missed += solvable && exact.Finished ? 1 : 0;
                unknown += solvable && !exact.Finished ? 1 : 0;
            }
        }

        over.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{hosts,5}  {guests,6}  {filled,6:P0}  {solved,3}/{fleets,-3} {(double)solved / Math.Max(1, solved + missed),10:P1} ({unknown} not known) {(over.Count > 0 ? over[over.Count / 2] : 0),16:0.000} (worst {(over.Count > 0 ? over[^1] : 0):0.00})  {longest,6:0.00} s  {byOrder,3}/{fleets}"));
    }

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
