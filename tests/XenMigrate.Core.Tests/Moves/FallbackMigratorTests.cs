namespace XenMigrate.Tests;

public class FallbackMigratorTests
{
    private static readonly MigrationOptions s_live = new() { Live = true, Checks = CheckSelection.AllBut(["*"]) };

    private readonly SimulatedPair _pair = new();
    private int _moves;

    [Fact(Timeout = 20000)]
    public async Task A_guest_too_busy_is_asked_about_and_moved_again()
    {
        List<(MigrationResult Result, PreCopyOptions Allowed)> asked = [];
        int confirmed = 0;

        MigrationResult? result = await MoveAsync(
            (given, allowed) =>
            {
                asked.Add((given, allowed));
                return Task.FromResult(true);
            },
            () => confirmed++);

        Assert.Equal(2, _moves);
        // The plan was agreed to already.
        Assert.Equal(1, confirmed);
        (MigrationResult up, PreCopyOptions limits) = Assert.Single(asked);
        Assert.Equal((MigrationOutcome.Aborted, "MigrationNotConverging"), (up.Outcome, up.ErrorId));
        Assert.Equal(s_live.UsualPreCopy, limits);
        Assert.NotEqual("MigrationNotConverging", result!.ErrorId);
    }

    [Fact(Timeout = 20000)]
    public async Task A_no_leaves_the_guest_where_it_is()
    {
        MigrationResult? result = await MoveAsync((_, _) => Task.FromResult(false));

        Assert.Equal((1, "MigrationNotConverging", "a"), (_moves, result!.ErrorId, result.ComputerName));
    }

    [Fact(Timeout = 20000)]
    public async Task Where_nobody_is_to_be_asked_the_guest_stays()
    {
        MigrationResult? result = await MoveAsync(null);

        Assert.Equal((1, "MigrationNotConverging"), (_moves, result!.ErrorId));
    }

    [Fact(Timeout = 20000)]
    public async Task A_stop_in_place_of_an_answer_is_a_no_and_says_where_the_guest_is()
    {
        using CancellationTokenSource stop = new();

        MigrationResult? result = await MoveAsync(
            (_, _) =>
            {
                stop.Cancel();
                return Task.FromCanceled<bool>(stop.Token);
            },
            cancellationToken: stop.Token);

        Assert.Equal((1, "a"), (_moves, result!.ComputerName));
    }

    private Task<MigrationResult?> MoveAsync(
        Func<MigrationResult, PreCopyOptions, Task<bool>>? mayPauseLonger, Action? confirmed = null, CancellationToken cancellationToken = default)
    {
        LiveToolstack driver = new(_pair.Source, _ => Task.FromResult(++_moves == 1
            ? new TransferRecord
            {
                ExitCode = 1,
                GaveUp = true,
                Iterations = [new(3, 1, 1, TimeSpan.FromSeconds(1), 1, TimeSpan.FromSeconds(4), ConvergenceDecision.Abort, "")],
            }
            : new TransferRecord { ExitCode = 0, Downtime = TimeSpan.FromSeconds(4) })) { Obeys = true };
        HostSession source = new(_pair.Source, driver, A.Host(_pair.Source).Information, FakeTiming.Start);
        return new FallbackMigrator(null, _pair.Timing.Timing, mayPauseLonger).MoveAsync(
            source,
            A.Host(_pair.Destination),
            Facts.Guest,
            s_live,
            _ =>
            {
                confirmed?.Invoke();
                return Task.FromResult(true);
            },
            cancellationToken);
    }
}
