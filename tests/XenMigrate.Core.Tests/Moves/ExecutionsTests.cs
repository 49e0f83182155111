namespace XenMigrate.Tests;

/// <summary>
/// What it costs to be safe: each act is one execution with its guard. Besides them the destination's lease is taken by one; the
/// source's is taken by the first act there, and both are given back with the last look at their hosts.
/// </summary>
public class ExecutionsTests
{
    private readonly List<string> _executions = [];
    private readonly SimulatedPair _pair = new();

    public ExecutionsTests()
    {
        _pair.Source.Executed = words => _executions.Add("a: " + Kind(words));
        _pair.Destination.Executed = words => _executions.Add("b: " + Kind(words));
    }

    [Fact]
    public async Task A_live_move_takes_one_execution_for_its_leases_and_none_for_its_guards()
    {
        MigrationResult? result = await _pair.MoveAsync(live: true, CancellationToken.None);

        Assert.Equal(MigrationOutcome.Succeeded, result!.Outcome);
        Assert.Equal(["b: lease", "a: act", "a: question", "b: question"], SinceItWasAgreedTo);
        await AssertNothingIsHeldAsync();
    }

    // Where a process takes long to start, what is not the transfer is what a move costs beside xl's own.
    [Fact]
    public async Task A_live_move_takes_eight_executions_in_all()
    {
        _ = await _pair.MoveAsync(live: true, CancellationToken.None);

        Assert.Equal(
            [
                // The list of guests, the look at the source, the way tried from there, and the last look.
                "a: act", "a: question", "a: question", "a: question", "a: question",
                "b: lease", "b: question", "b: question",
            ],
            _executions.Order());
    }

    [Fact]
    public async Task An_offline_move_takes_one_execution_for_its_leases_and_none_for_its_guards()
    {
        MigrationResult? result = await _pair.MoveAsync();

        Assert.Equal(MigrationOutcome.Succeeded, result!.Outcome);
        Assert.Equal(["a: act", "a: act", "a: act", "b: act", "b: act", "b: lease"], SinceItWasAgreedTo.Where(text => !text.EndsWith("question", StringComparison.Ordinal)).Order());
        await AssertNothingIsHeldAsync();
    }

    // Something may be taken away still, and other hands must not change it between the looks at the two hosts.
    [Fact]
    public async Task While_something_changes_still_the_guest_is_held_and_then_given_back()
    {
        _pair.Destination.Executed = words =>
        {
            _executions.Add("b: " + Kind(words));
            if (words is ["xl", "list", "-v"])
            {
                // What the source's xl has not taken away yet when it is first looked for.
                _ = _executions.Contains("a: lease") ? _pair.Source.Guests.RemoveAll(guest => guest.State == 's') : 0;
            }
        };
        _pair.SomebodyElse = (host, act) =>
        {
            if (act.StartsWith("a: xl migrate", StringComparison.Ordinal))
            {
                _ = host.Add("web--migratedaway", 's');
            }
        };

        MigrationResult? result = await _pair.MoveAsync(live: true, CancellationToken.None);

        Assert.Equal(MigrationOutcome.Succeeded, result!.Outcome);
        Assert.Equal(["a: lease", "a: lease", "b: lease", "b: lease", "b: lease"], SinceItWasAgreedTo.Where(text => text.EndsWith("lease", StringComparison.Ordinal)).Order());
        await AssertNothingIsHeldAsync();
    }

    private IEnumerable<string> SinceItWasAgreedTo => _executions.SkipWhile(text => text != "b: lease");

    private async Task AssertNothingIsHeldAsync()
    {
        Assert.Empty((await LeaseCommands.List.AskAsync(_pair.Source, CancellationToken.None)).Leases);
        Assert.Empty((await LeaseCommands.List.AskAsync(_pair.Destination, CancellationToken.None)).Leases);
    }

    private static string Kind(IReadOnlyList<string> words) => GuardedAct.Is(words) ? "act" : LeaseCommands.Is(words) ? "lease" : "question";
}
