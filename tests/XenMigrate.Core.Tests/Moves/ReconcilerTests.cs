namespace XenMigrate.Tests;

public sealed class ReconcilerTests : IDisposable
{
    private const string Header = "Name                                        ID   Mem VCPUs\tState\tTime(s)\n";
    private const string Dom0 = Header + "Domain-0                                     0   400     1     r-----      74.8\n";
    private const string Web = Dom0 + "web                                          5   128     1     -b----       4.4\n";
    private const string Half = Dom0 + "web--incoming                                9   128     0     --p---       0.0\n";

    private readonly FakeTiming _timing = new();
    private readonly FakeShell _source = new FakeShell("a");
    private readonly FakeShell _destination = new FakeShell("b");

    [Fact(Timeout = 20000)]
    public async Task A_settled_answer_is_asked_for_once()
    {
        _source.Answers("xl list -v", Web);
        _destination.Answers("xl list -v", Dom0);

        Reconciliation found = await RunAsync();

        Assert.Equal(MigrationOutcome.FailedSourceRunning, found.Verdict.Outcome);
        Assert.Equal((1, 1), (_source.Executions.Count, _destination.Executions.Count));
    }

    [Fact(Timeout = 20000)]
    public async Task A_copy_that_is_being_taken_away_is_waited_for()
    {
        _source.Answers("xl list -v", Web);
        _destination.AnswersInTurn("xl list -v", Half, Half, Dom0);

        Reconciliation found = await RunAsync();

        Assert.True(found.Verdict.Settled);
        Assert.Null(found.Verdict.Advice);
        Assert.Equal(TimeSpan.FromSeconds(2), _timing.Elapsed);
    }

    [Fact(Timeout = 20000)]
    public async Task A_copy_that_stays_is_reported_after_libxl_has_had_its_time()
    {
        _source.Answers("xl list -v", Web);
        _destination.Answers("xl list -v", Half);

        Reconciliation found = await RunAsync();

        Assert.Equal(TimeSpan.FromSeconds(100), _timing.Elapsed);
        Assert.Contains("xl destroy 9", found.Verdict.Advice, StringComparison.Ordinal);
        Assert.Equal("a has web (id 5, Blocked); b has web--incoming (id 9, Paused)", found.ToString());
    }

    [Fact(Timeout = 20000)]
    public async Task A_host_that_does_not_answer_is_silent_and_its_reason_is_told()
    {
        _source.Throws("xl list -v", new HostUnreachableException("a", "no route"));
        _destination.Answers("xl list -v", Dom0);

        Reconciliation found = await RunAsync();

        Assert.Equal(MigrationOutcome.Undetermined, found.Verdict.Outcome);
        Assert.Contains("a could not be asked (a can't be reached: no route); b has nothing of it", found.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_of_the_same_name_and_another_uuid_is_somebody_else()
    {
        _source.Answers("xl list -v", Dom0);
        _destination.Answers("xl list -v", Web.Replace("4.4", "4.4 4bf13abb-bbd6-4c48-8502-29af9504aabf        -                -"));

        Reconciliation found = await RunAsync();

        Assert.True(found.Destination.IsEmpty);
    }

    public void Dispose()
    {
        _source.Dispose();
        _destination.Dispose();
    }

    private Task<Reconciliation> RunAsync() =>
        new Reconciler(A.Host(_source), A.Host(_destination), _timing.Timing).RunAsync(A.Guest());
}
