using PairOfHosts = XenMigrate.Lab.Tests.Lab;

namespace XenMigrate.Benchmarks;

/// <summary>
/// What was told of moves beforehand, held against the moves and the guests' own clocks: guests of each type go there and
/// back, ten moves a type. Journals begin empty, so that the first move of each type has nothing to learn from.
/// </summary>
internal sealed class AccuracyBenchmarks(GuestType[] types)
{
    // What a pause on emulated hosts is: a guest that writes faster than the link carries is above it, the others below.
    private const double AllowedSeconds = 15;

    private static readonly (LabGuest Guest, int Moves)[] s_guests = [(LabGuest.Idle, 3), (Some, 4), (LabGuest.Busy, 3)];

    /// <summary>It writes slower than the link of emulated hosts carries.</summary>
    private static LabGuest Some => new("some", 8, 1);

    private readonly List<Row> _rows = [];

    /// <param name="Type">The guest's type.</param>
    /// <param name="Guest">Which guest.</param>
    /// <param name="Forecast">What was told before.</param>
    /// <param name="Move">What came of it.</param>
    /// <param name="Gap">The pause by the guest's own clock, in seconds; 0 if it did not move.</param>
    private sealed record Row(GuestType Type, string Guest, MigrationForecast Forecast, MigrationResult Move, double Gap)
    {
        public bool Moved => Move.Outcome == MigrationOutcome.Succeeded;

        public double? Predicted => Moved ? Error(Move.PredictedDowntime, Gap) : null;

        public double? Total => Moved ? Error(Forecast.Duration, Move.Duration.TotalSeconds) : null;

        public double? Pause => Moved ? Error(Forecast.Downtime, Gap) : null;

        public bool Converges => Moved && Gap <= AllowedSeconds;

        private static double? Error(TimeSpan? told, double came) => told is { } time ? (time.TotalSeconds / came) - 1 : null;
    }

    public IEnumerable<Figure> Run()
    {
        if (PairOfHosts.ReasonToSkip is { } reason)
        {
            yield return Measured.Skipped("forecasts and predictions on the lab", reason);
            yield break;
        }

        using ModuleSession module = new();
        Assert.Empty(module.Run("Install-MigrationHelper et-virt07, et-virt08").Errors);
        foreach (GuestType type in types)
        {
            foreach ((LabGuest guest, int moves) in s_guests)
            {
                Measure(module, guest with { Type = type }, moves);
            }
        }

        // The first move of a type has nothing to learn from.
        Row[] rows = [.. _rows.GroupBy(row => row.Type).SelectMany(type => type.Skip(1))];
        Row[] moved = [.. rows.Where(row => row.Moved)];
        yield return Within("pause predicted by the move", moved, row => row.Predicted, 0.25, 0.9);
        yield return Within("time of the forecast", moved, row => row.Total, 0.30, 1);
        yield return Within("pause of the forecast", moved, row => row.Pause, 0.35, 1);
        yield return Measured.Share("convergence told right", "", 1, "what came of it", rows.Select(row => (row.Forecast.Converges == row.Converges ? 0.0 : 1, 0.5)));

        static Figure Within(string what, IEnumerable<Row> rows, Func<Row, double?> error, double limit, double goal) => Measured.Share(
            $"{what}, error within {limit:P0}", "", goal, "the guest's own clock, or the move's", rows.Select(row => (Math.Abs(error(row) ?? 1), limit)));
    }

    private void Measure(ModuleSession module, LabGuest guest, int moves)
    {
        guest.Start();
        string at = PairOfHosts.Host08;
        for (int move = 0; move < moves; move++)
        {
            string to = at == PairOfHosts.Host08 ? PairOfHosts.Host07 : PairOfHosts.Host08;
            string words = string.Create(CultureInfo.InvariantCulture, $"-MaximumDowntime {AllowedSeconds}");
            Outcome told = module.Run($"Test-MigrationEnvironment {at} {to} -Name {guest.Name} -Forecast -ExcludeCheck * {words}");
            MigrationForecast forecast = told.Output.Select(output => output.BaseObject).OfType<MigrationForecast>().Single();
            int before = PairOfHosts.Gaps(to, guest.Name).Length;
            Outcome run = module.Run($"Move-Guest {guest.Name} -ComputerName {at} -Destination {to} -Live -SkipCheck * {words} -OfflineFallback Never");
            MigrationResult result = (MigrationResult)run.Single.BaseObject;
            at = result.ComputerName ?? throw new InvalidOperationException($"{result.Message}\n{string.Join('\n', result.Transcript)}");
            double gap = 0;
            if (result.Outcome == MigrationOutcome.Succeeded)
            {
                _ = PairOfHosts.WaitForHeartbeat(at, guest.Name, PairOfHosts.LastHeartbeat(at, guest.Name));
                gap = PairOfHosts.Gaps(at, guest.Name).Skip(before).Max(time => time.TotalSeconds);
            }

            Row row = new(guest.Type, guest.Name, forecast, result, gap);
            _rows.Add(row);
            Print(row);
        }
    }

    private static void Print(Row row)
    {
        MigrationForecast told = row.Forecast;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Type} {row.Guest} to {row.Move.Destination}: {row.Move.Outcome} in {row.Move.Duration.TotalSeconds:0.0} s, told {told.Duration?.TotalSeconds:0.0} ({row.Total:+0%;-0%}); "
                + $"guest's pause {row.Gap:0.00} s, measured {row.Move.Downtime?.TotalSeconds:0.00}, predicted {row.Move.PredictedDowntime?.TotalSeconds:0.00} ({row.Predicted:+0%;-0%}), "
                + $"told {told.Downtime?.TotalSeconds:0.00} ({row.Pause:+0%;-0%}); converges: told {told.Converges}, was {row.Converges}"));
        Console.WriteLine($"    measured {row.Move.DowntimePart}; predicted {row.Move.PredictedDowntimePart}; {row.Move.Iteration.Count} rounds, told {told.Iteration.Count}; {told.Basis}{told.Advice}");
        Console.WriteLine($"    rounds came to {Rounds(row.Move.Iteration)}; told {Rounds(told.Iteration)}; counted {told.DirtyBytesPerSecond / 1e6:0.00} MB/s");
    }

    private static string Rounds(IEnumerable<MigrationIteration> rounds) => string.Join(
        ", ", rounds.Select(round => string.Create(CultureInfo.InvariantCulture, $"{round.Pages} in {round.Duration.TotalSeconds:0.0} s, then {round.DirtyPages}")));
}
