namespace XenMigrate.Tests;

public class MigrationPlannerTests
{
    private readonly SimulatedPair _pair = new();

    [Fact(Timeout = 20000)]
    public async Task A_plan_changes_nothing()
    {
        MigrationPlan plan = await PlanAsync(Facts.Guest);

        Assert.True(plan.IsReady, string.Join("\n", plan.Report.CheckResult));
        Assert.Empty(_pair.Changes);
        Assert.Equal("web (128 MiB, Offline) from a to b", plan.ToString());
        Assert.Equal(FakeTiming.Start, plan.Report.GeneratedAt);
    }

    [Fact(Timeout = 20000)]
    public async Task The_control_domain_is_not_moved() => await Assert.ThrowsAsync<NotSupportedByToolstackException>(
        () => PlanAsync(A.Guest("Domain-0", 0)));

    [Theory(Timeout = 20000)]
    [InlineData("-oProxyCommand=reboot")]
    [InlineData("b; reboot")]
    [InlineData("b\n")]
    public async Task An_address_that_is_none_is_refused_with_the_parameter_that_mends_it(string address)
    {
        NotSupportedByToolstackException e = await Assert.ThrowsAsync<NotSupportedByToolstackException>(
            () => PlanAsync(Facts.Guest, new MigrationOptions { MigrationAddress = address }));

        Assert.Contains("-MigrationAddress", e.Advice, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_guest_that_is_gone_is_not_found() => Assert.Equal(
        "nosuch",
        (await Assert.ThrowsAsync<GuestNotFoundException>(() => PlanAsync(A.Guest("nosuch", 5, uuid: Guid.NewGuid())))).Guest);

    [Fact(Timeout = 20000)]
    public async Task A_guest_is_known_by_its_uuid_whatever_its_id_and_name_are_by_now() =>
        Assert.Equal(("web", 5), await PlannedAsync(A.Guest("old name", 77)));

    [Fact(Timeout = 20000)]
    public async Task A_guest_without_uuid_is_known_by_id_and_name_together()
    {
        Guest guest = Facts.Guest with { Uuid = null };

        Assert.Equal(("web", 5), await PlannedAsync(guest));
        _ = await Assert.ThrowsAsync<GuestNotFoundException>(() => PlanAsync(guest with { Id = 6 }));
        _ = await Assert.ThrowsAsync<GuestNotFoundException>(() => PlanAsync(guest with { Name = "other" }));
    }

    [Fact(Timeout = 20000)]
    public async Task A_leftover_of_the_same_uuid_is_not_the_guest()
    {
        _pair.Source.Guests.Clear();
        _ = _pair.Source.Add("web--migratedaway", 's');

        _ = await Assert.ThrowsAsync<GuestNotFoundException>(() => PlanAsync(Facts.Guest));
    }

    [Fact(Timeout = 20000)]
    public async Task Disks_that_came_since_the_guest_was_listed_are_looked_at()
    {
        MigrationPlan plan = await PlanAsync(Facts.Guest with { Disk = [] });

        Assert.Contains(Facts.Path, plan.Facts.Destination.Disks.Keys);
        Assert.True(plan.IsReady);
    }

    [Fact(Timeout = 20000)]
    public async Task A_source_that_does_not_answer_gives_a_plan_that_is_not_ready()
    {
        FakeShell broken = new FakeShell("a").Throws("*", new HostDisconnectedException("a", "reset by peer"));

        MigrationPlan plan = await MigrationPlanner.PlanAsync(
            A.Host(broken), A.Host(_pair.Destination), Facts.Guest, new MigrationOptions(), _pair.Timing.Timing, CancellationToken.None);

        Assert.False(plan.IsReady);
        Assert.Equal("web", plan.Guest.Name);
    }

    [Theory(Timeout = 20000)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Definitions_that_a_toolstack_does_not_keep_are_not_taken_along(bool persist, bool remove)
    {
        NotSupportedByToolstackException e = await Assert.ThrowsAsync<NotSupportedByToolstackException>(
            () => PlanAsync(Facts.Guest, new MigrationOptions { Persist = persist, RemoveSourceDefinition = remove }));

        Assert.Contains("web is xl's", e.Message, StringComparison.Ordinal);
        Assert.Empty(_pair.Changes);
    }

    private async Task<(string Name, int? Id)> PlannedAsync(Guest guest)
    {
        MigrationPlan plan = await PlanAsync(guest);
        return (plan.Guest.Name, plan.Guest.Id);
    }

    private Task<MigrationPlan> PlanAsync(Guest guest, MigrationOptions? options = null) => MigrationPlanner.PlanAsync(
        A.Host(_pair.Source), A.Host(_pair.Destination), guest, options ?? new MigrationOptions(), _pair.Timing.Timing, CancellationToken.None);
}
