namespace XenMigrate.Benchmarks;

/// <summary>
/// Empties an embedded host of 40 guests over a link that all moves share: a few at a time against one by one. What is
/// gained can't be more than the link's idle time while moves are checked, handed over and looked at.
/// </summary>
internal static class BulkBenchmarks
{
    private const int Guests = 40;
    private const long BytesPerSecond = 100_000_000;
    private const double Goal = 1.5;
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly int[] s_limits = [2, 4, 8];

    public static IEnumerable<Figure> Run()
    {
        // What is compiled first is not to be paid for by the first run.
        _ = EmptyAsync(8, guests: 4).GetAwaiter().GetResult();
        BulkRun single = EmptyAsync(1, Guests).GetAwaiter().GetResult();
        Console.WriteLine($"one by one: {single}");
        foreach (int limit in s_limits)
        {
            BulkRun run = EmptyAsync(limit, Guests).GetAwaiter().GetResult();
            Console.WriteLine($"{limit} at a time: {run}");
            yield return Measured.Speed($"40 guests, {limit} at a time", Goal, "one by one", [(run.Seconds, single.Seconds)]);
            yield return Measured.Share(
                $"pauses, {limit} at a time", "ms", 1, "what was allowed", run.Pauses.Select(pause => (pause.TotalMilliseconds, s_pause.TotalMilliseconds)));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"the link alone takes {single.Bytes / (double)BytesPerSecond:0.0} s for what was sent one by one: no way to move them is {single.Seconds * BytesPerSecond / single.Bytes:0.00} times faster"));
    }

    private static async Task<BulkRun> EmptyAsync(int limit, int guests)
    {
        using EmbeddedPair pair = EmbeddedPair.Start(withGuests: false);
        EmbeddedHost full = pair.Host(HostProfile.Virt08.Name);
        for (int i = 0; i < guests; i++)
        {
            // From 4 to 32 MiB; every third writes 1 to 8 MiB a second.
            string extra = i % 3 == 0 ? FormattableString.Invariant($"dirty={1 << (i % 4)} working-set=2") : "";
            string configuration = FormattableString.Invariant(
                $"name = 'guest{i:00}'\nmemory = {4 << (i % 4)}\nextra = '{extra}'\nvif = [ 'mac=00:16:3e:00:00:01,bridge=xenbr1' ]\n");
            string name = FormattableString.Invariant($"guest{i:00}");
            _ = full.Files.Write("/etc/xen/" + name, configuration);
            _ = full.Domains.Create(name, paused: false);
        }

        full.Faults.SlowLink(BytesPerSecond);
        HostSession source = await ConnectAsync(pair, HostProfile.Virt08).ConfigureAwait(false);
        HostSession destination = await ConnectAsync(pair, HostProfile.Virt07).ConfigureAwait(false);
        IReadOnlyList<Guest> all = await source.Toolstack.ListAsync(default).ConfigureAwait(false);
        MigrationOptions options = new()
        {
            Live = true,
            UsualPreCopy = new PreCopyOptions { MaximumDowntime = s_pause, OfflineFallback = true },
        };
        List<MigrationResult> results = [];
        Stopwatch clock = Stopwatch.StartNew();
        await new GuestBatch(new WindowLimits { ThrottleLimit = limit }, MoveOrder.MemoryDescending, Timing.Real).RunAsync(
            [.. all.Where(guest => !guest.IsControlDomain).Select(guest => new GuestMove(guest, source, destination))],
            (move, token) => new Migrator(null, Timing.Real).MoveAsync(
                move.Source, move.Destination, move.Guest, options, _ => Task.FromResult(true), token),
            _ => { },
            end => results.Add(end.Value ?? throw end.Error!),
            CancellationToken.None).ConfigureAwait(false);
        double seconds = clock.Elapsed.TotalSeconds;
        return results.All(result => result.Outcome == MigrationOutcome.Succeeded) && results.Count == guests
            ? new BulkRun(seconds, results.Sum(result => result.BytesTransferred ?? 0), [.. results.Select(result => result.Downtime!.Value)])
            : throw new InvalidOperationException("Not all of them moved: " + string.Join(", ", results));
    }

    private static Task<HostSession> ConnectAsync(EmbeddedPair pair, HostProfile profile) =>
        ToolstackDetection.ConnectAsync(pair.Shell(profile.Name), null, () => DateTimeOffset.UtcNow, default);

    private sealed record BulkRun(double Seconds, long Bytes, IReadOnlyList<TimeSpan> Pauses)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Seconds:0.0} s, {Bytes / 1e6:0} MB over the link at {Bytes / Seconds / 1e6:0} MB/s, longest pause {Pauses.Max().TotalMilliseconds:0} ms");
    }
}
