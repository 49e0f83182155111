using System.Text.RegularExpressions;
using PairOfHosts = XenMigrate.Lab.Tests.Lab;

namespace XenMigrate.Benchmarks;

/// <summary>
/// Moves whose memory our own save helper carries, in turn with stock <c>xl migrate</c>. What is timed of each is the
/// command that moves the guest, without checks; the pause is what the guest's own clock saw.
/// </summary>
internal sealed partial class HelperBenchmarks(int pairs)
{
    private const string Stock = "-NoHelper";

    // With journals of its own: where they tell of an earlier move, what is not copying counts, and takes longer than that here.
    private const string Strict = "-MaximumDowntime 00:00:00.3 -OfflineFallback Never -LogPath (Join-Path ([IO.Path]::GetTempPath()) xenmigrate-$(New-Guid))";
    private const string Lenient = "-MaximumDowntime 00:00:03 -OfflineFallback Never";
    private const string Packed = Strict + Zstd;
    private const string LenientPacked = Lenient + Zstd;
    private const string Zstd = " -Compression Zstd";

    private readonly List<(string Guest, string Way, Moved Move)> _moves = [];

    private sealed record Moved(MigrationOutcome Outcome, double Seconds, double Pause, long Bytes, int Rounds);

    public IEnumerable<Figure> Run()
    {
        // Needs the lab (tests/lab/lab up). Five pairs take about half an hour.
        if (PairOfHosts.ReasonToSkip is { } reason)
        {
            yield return Measured.Skipped("our save helper on the lab", reason);
            yield break;
        }

        using ModuleSession module = new();
        Assert.Empty(module.Run("Install-MigrationHelper et-virt07, et-virt08").Errors);
        Measure(module, LabGuest.Idle, Stock, Strict);
        Measure(module, LabGuest.Slow, Stock, Strict, Packed);
        Measure(module, LabGuest.Busy, Stock, Lenient, LenientPacked, Strict);

        yield return Of("idle, 300 ms allowed: time", LabGuest.Idle, Strict, move => move.Seconds, 1.0);
        yield return Of("16 MB at 2 MB/s, 300 ms allowed: pause", LabGuest.Slow, Strict, move => move.Pause, 0.7);
        yield return Of("16 MB at 2 MB/s, zstd: time", LabGuest.Slow, Packed, move => move.Seconds, 0.75);
        yield return Of("16 MB at 2 MB/s, zstd: bytes", LabGuest.Slow, Packed, move => move.Bytes, 0.2) with { IsTime = false };
        yield return Of("24 MB at 50 MB/s, 3 s allowed: time", LabGuest.Busy, Lenient, move => move.Seconds, 0.85);
        yield return Of("24 MB at 50 MB/s, 3 s allowed, zstd: time", LabGuest.Busy, LenientPacked, move => move.Seconds, 0.85);
        int given = _moves.Count(move => move.Way == Strict && move.Guest == LabGuest.Busy.Name && move.Move is { Outcome: MigrationOutcome.Aborted, Rounds: <= 5 });
        yield return Measured.Count("24 MB at 50 MB/s, 300 ms allowed: given up within 5 rounds", "times", pairs, null, given);
    }

    private void Measure(ModuleSession module, LabGuest guest, params string[] ways)
    {
        guest.Start();
        string at = PairOfHosts.Host08;
        for (int pair = 0; pair < pairs; pair++)
        {
            // Each pair the other way round, since the hosts differ.
            foreach (string way in pair % 2 == 0 ? ways : ways.Reverse())
            {
                Moved move = Move(module, guest, way, ref at);
                _moves.Add((guest.Name, way, move));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {guest.Name} {way}: {move.Outcome}, {move.Seconds:0.0} s, pause {move.Pause:0.00} s, {move.Bytes / 1e6:0.0} MB, {move.Rounds} rounds"));
            }
        }
    }

    private static Moved Move(ModuleSession module, LabGuest guest, string way, ref string at)
    {
        string to = at == PairOfHosts.Host08 ? PairOfHosts.Host07 : PairOfHosts.Host08;
        int before = Gaps(to, guest).Length;
        Outcome run = module.Run($"Move-Guest {guest.Name} -ComputerName {at} -Destination {to} -Live -SkipCheck * {way} -Verbose 4>&1");
        MigrationResult result = run.Output.Select(line => line.BaseObject).OfType<MigrationResult>().Single();
        double seconds = run.Output.Select(line => Transfer().Match(line.ToString()!)).Where(match => match.Success)
            .Select(match => double.Parse(match.Groups["ms"].Value, CultureInfo.InvariantCulture) / 1000).Single();
        at = result.ComputerName ?? throw new InvalidOperationException($"{result.Message}\n{string.Join('\n', result.Transcript)}");
        double pause = result.Outcome == MigrationOutcome.Succeeded ? Gaps(at, guest).Skip(before).Max(gap => gap.TotalSeconds) : 0;
        return new Moved(result.Outcome, seconds, pause, result.BytesTransferred ?? 0, result.Iteration.Count);
    }

    private static TimeSpan[] Gaps(string host, LabGuest guest) => PairOfHosts.Gaps(host, guest.Name);

    private Figure Of(string what, LabGuest guest, string way, Func<Moved, double> figure, double goal)
    {
        IEnumerable<double> By(string by) => _moves.Where(move => move.Guest == guest.Name && move.Way == by).Select(move => figure(move.Move));
        return Measured.Time(what, goal, "stock xl migrate", By(way).Zip(By(Stock)));
    }

    [GeneratedRegex(@"\bxl\b.* migrate .*\(exit code \d+, (?<ms>\d+) ms\)\s*\z", RegexOptions.Singleline)]
    private static partial Regex Transfer();
}
