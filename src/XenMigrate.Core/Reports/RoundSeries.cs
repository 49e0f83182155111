namespace XenMigrate.Reports;

/// <summary>The rounds of one move, and which of them the guest stood still for.</summary>
internal sealed class RoundSeries(MigrationResult move)
{
    // What comes after the decision to pause is sent with the guest paused.
    private readonly int _firstPaused = 1 + IndexOfPause(move.Iteration);

    public string Name => move.Name;

    public IReadOnlyList<MigrationIteration> Rounds => move.Iteration;

    public TimeSpan? Measured => move.Downtime;

    public TimeSpan? Predicted => move.PredictedDowntime;

    public TimeSpan Duration => new(Rounds.Sum(round => round.Duration.Ticks));

    /// <summary>Whether any round was sent with the guest paused.</summary>
    public bool HasPause => _firstPaused < Rounds.Count;

    public bool IsPaused(int index) => index >= _firstPaused;

    /// <summary>Bytes of memory that the guest dirtied during a round.</summary>
    public static double Dirtied(MigrationIteration round) => round.DirtyPages * (double)Figures.PageSize;

    public static double DirtiedPerSecond(MigrationIteration round) =>
        round.Duration > TimeSpan.Zero ? Dirtied(round) / round.Duration.TotalSeconds : 0;

    /// <summary>The move in words.</summary>
    public string Describe(int index)
    {
        MigrationIteration round = Rounds[index];
        string sent = $"{Figures.Size((double)round.Bytes)} in {Figures.Time(round.Duration)} ({Figures.Rate(round.BytesPerSecond)})";
        return IsPaused(index)
            ? $"Round {round.Number}, with the guest paused: sent {sent}."
            : $"Round {round.Number}: sent {sent}; the guest dirtied {Figures.Size(Dirtied(round))} meanwhile; "
                + $"a pause now would take {Figures.Time(round.PredictedDowntime)}.";
    }

    private static int IndexOfPause(IReadOnlyList<MigrationIteration> rounds)
    {
        for (int i = 0; i < rounds.Count; i++)
        {
            if (rounds[i].Decision is ConvergenceDecision.StopAndCopy or ConvergenceDecision.GoOffline)
            {
                return i;
            }
        }

        return rounds.Count;
    }
}
