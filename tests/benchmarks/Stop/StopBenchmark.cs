namespace XenMigrate.Benchmarks;

/// <summary>How long sixteen moves out of one host take to stop, against one alone, for what its sshd grants.</summary>
internal static class StopBenchmark
{
    private const int Moves = 16;
    private const int Runs = 3;
    private const double MostSeconds = 3;
    private const double MostRatio = 8;

    public static IEnumerable<Figure> Run()
    {
        foreach (int maxSessions in new[] { 10, 3, 1 })
        {
            List<(double Many, double One)> pairs = [];
            for (int run = 0; run < Runs; run++)
            {
                double one = StopAsync(1, maxSessions).GetAwaiter().GetResult();
                pairs.Add((StopAsync(Moves, maxSessions).GetAwaiter().GetResult(), one));
            }

            yield return Measured.Time($"MaxSessions {maxSessions}: stopping {Moves} moves", MostRatio, "stopping one", pairs);
            yield return Measured.Value($"MaxSessions {maxSessions}: the fastest of these", "s", null, MostSeconds, [pairs.Min(pair => pair.Many)]);
        }
    }

    private static async Task<double> StopAsync(int moves, int maxSessions)
    {
        using SshServer server = await SshServer.StartAsync($"MaxSessions {maxSessions}");
        using StandInXl xl = new(server);
        using SshClientSide user = new SshClientSide().Meet(server);
        using IHostShell shell = await user.ConnectAsync(server);
        using CancellationTokenSource stop = new();
        CopyingAtLast[] copying = [.. Enumerable.Range(0, moves).Select(_ => new CopyingAtLast())];
        Task[] running = [.. copying.Select((one, i) => new XlLiveMigration(StandInXl.Move(shell, i + 1), one).RunAsync(stop.Token))];
        await Task.WhenAll(copying.Select(one => one.Seen));

        Stopwatch clock = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Task.WhenAll(running);
        return clock.Elapsed.TotalSeconds;
    }
}
