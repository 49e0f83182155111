namespace XenMigrate.Tests;

public class MigratorTests
{
    private readonly SimulatedPair _pair = new();

    [Fact(Timeout = 20000)]
    public async Task A_plan_that_a_check_speaks_against_asks_nobody_and_touches_nothing()
    {
        _ = _pair.Destination.Add("web", 'b', Guid.NewGuid());
        bool asked = false;

        MigrationResult? result = await MoveAsync(new MigrationOptions(), _ => asked = true);

        Assert.False(asked);
        Assert.Empty(_pair.Changes);
        Assert.Equal((MigrationOutcome.Refused, "NameCollision", "a"), (result!.Outcome, result.ErrorId, result.ComputerName));
        Assert.StartsWith("Nothing was touched. [XM-NAM-01] b already has a guest web", result.Message, StringComparison.Ordinal);
        PreflightFailedException error = Assert.IsType<PreflightFailedException>(result.ToError());
        Assert.Equal(result.Check, error.Report.CheckResult);
    }

    // Nobody could hold it against another client, nor tell its copies.
    [Theory(Timeout = 20000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guest_without_a_uuid_is_not_moved_and_nobody_is_asked(bool live)
    {
        _pair.MayBeNowhere = true;
        _pair.Source.Guests[0] = _pair.Source.Guests[0] with { Uuid = Guid.Empty };
        LiveToolstack driver = new(_pair.Source, _ => throw new InvalidOperationException("it was moved"));
        bool asked = false;

        NotSupportedByToolstackException e = await Assert.ThrowsAsync<NotSupportedByToolstackException>(() => MoveAsync(
            new MigrationOptions { Live = live, Checks = CheckSelection.AllBut(["*"]) }, _ => asked = true, driver, Facts.Guest with { Uuid = null }));

        Assert.Contains("shows no uuid", e.Message, StringComparison.Ordinal);
        Assert.False(asked);
        Assert.Empty(_pair.Changes);
    }

    [Fact(Timeout = 20000)]
    public async Task A_plan_that_is_declined_touches_nothing()
    {
        MigrationResult? result = await MoveAsync(new MigrationOptions(), _ => false);

        Assert.Null(result);
        Assert.Empty(_pair.Changes);
    }

    [Fact(Timeout = 20000)]
    public async Task A_check_that_is_left_out_is_named_in_the_result()
    {
        _pair.Destination.Guests.Clear();

        MigrationResult? result = await MoveAsync(new MigrationOptions { Checks = CheckSelection.AllBut(["XM-MEM-01"]) }, _ => true);

        Assert.Equal(MigrationOutcome.Succeeded, result!.Outcome);
        Assert.Equal(["XM-MEM-01"], result.SkippedCheck);
        Assert.Null(result.ToError());
    }

    [Fact(Timeout = 20000)]
    public async Task Time_spent_on_the_question_is_not_the_moves()
    {
        MigrationResult? result = await MoveAsync(new MigrationOptions(), _ =>
        {
            _pair.Timing.Advance(TimeSpan.FromHours(1));
            return true;
        });

        Assert.True(result!.Duration < TimeSpan.FromMinutes(1), $"{result.Duration}");
    }

    [Fact(Timeout = 20000)]
    public async Task A_move_over_its_time_limit_says_that_it_was_the_limit()
    {
        LiveToolstack driver = new(_pair.Source, async cancellationToken =>
        {
            _pair.Timing.Advance(TimeSpan.FromMinutes(2));
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, cancellationToken)
                .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return new TransferRecord { ExitCode = 1, Aborted = true };
        });

        MigrationResult? result = await MoveAsync(
            new MigrationOptions { Live = true, Timeout = TimeSpan.FromMinutes(1) }, _ => true, driver);

        Assert.Equal((MigrationOutcome.Aborted, "MigrationTimeout"), (result!.Outcome, result.ErrorId));
        Assert.StartsWith("Stopped at the time limit. a has web", result.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_live_move_that_fails_is_explained_by_the_line_that_told()
    {
        LiveToolstack driver = new(_pair.Source, _ => Task.FromResult(
            new TransferRecord { ExitCode = 1, Transcript = Fixture.Lines("failures/bridge-missing.txt") }));

        MigrationResult? result = await MoveAsync(new MigrationOptions { Live = true }, _ => true, driver);

        Assert.Equal((MigrationOutcome.FailedSourceRunning, "BridgeMissing", "a"), (result!.Outcome, result.ErrorId, result.ComputerName));
        Assert.Contains("a has web (id 5, Blocked); b has nothing of it.", result.Message, StringComparison.Ordinal);
        Assert.Contains("Could not find bridge device xenbr1", result.Message, StringComparison.Ordinal);
        Assert.Contains("Make the bridges of web on b", result.Message, StringComparison.Ordinal);
        Assert.Same(result, Assert.IsType<MigrationFailedException>(result.ToError()).Result);
    }

    [Fact(Timeout = 20000)]
    public async Task A_live_move_that_fails_without_a_word_is_explained_by_the_check_that_was_left_out()
    {
        _ = _pair.Destination.Add("web", 'b', Guid.NewGuid());
        LiveToolstack driver = new(_pair.Source, _ => Task.FromResult(new TransferRecord { ExitCode = 1, Transcript = ["migration target: rc=-3"] }));

        MigrationResult? result = await MoveAsync(
            new MigrationOptions { Live = true, Checks = CheckSelection.AllBut(["*"]) }, _ => true, driver);

        Assert.Equal((MigrationOutcome.FailedSourceRunning, "NameCollision"), (result!.Outcome, result.ErrorId));
        Assert.Contains("The tool said: migration target: rc=-3. A check that was left out would have failed: b already has", result.Message, StringComparison.Ordinal);
        Assert.Contains("xl rename", result.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_live_move_that_says_it_succeeded_is_believed_only_if_the_hosts_agree()
    {
        LiveToolstack driver = new(_pair.Source, _ => Task.FromResult(
            new TransferRecord { ExitCode = 0, Downtime = TimeSpan.FromSeconds(1), Transcript = ["Migration successful."] }));

        MigrationResult? result = await MoveAsync(new MigrationOptions { Live = true }, _ => true, driver);

        Assert.Equal(MigrationOutcome.FailedSourceRunning, result!.Outcome);
        Assert.Null(result.Downtime);
    }

    [Fact(Timeout = 20000)]
    public async Task An_offline_move_without_a_shared_folder_says_what_to_do()
    {
        Guest guest = Facts.Guest;
        _pair.Destination.Guests.Clear();

        NotSupportedByToolstackException e = await Assert.ThrowsAsync<NotSupportedByToolstackException>(() =>
            new Migrator(null, _pair.Timing.Timing).MoveAsync(
                A.Host(_pair.Source),
                Broken(),
                guest,
                new MigrationOptions { Checks = CheckSelection.AllBut(["*"]) },
                _ => Task.FromResult(true),
                CancellationToken.None));

        Assert.Contains("-Live", e.Advice, StringComparison.Ordinal);
    }

    private static HostSession Broken() =>
        A.Host(new FakeShell("b").Throws("*", new HostDisconnectedException("b", "reset by peer")));

    private Task<MigrationResult?> MoveAsync(
        MigrationOptions options, Func<MigrationPlan, bool> confirm, Toolstack? driver = null, Guest? guest = null)
    {
        HostSession source = driver is null
            ? A.Host(_pair.Source)
            : new HostSession(_pair.Source, driver, A.Host(_pair.Source).Information, FakeTiming.Start);
        return new Migrator(new Reports<MigrationProgress>(), _pair.Timing.Timing).MoveAsync(
            source, A.Host(_pair.Destination), guest ?? Facts.Guest, options, plan => Task.FromResult(confirm(plan)), CancellationToken.None);
    }
}
