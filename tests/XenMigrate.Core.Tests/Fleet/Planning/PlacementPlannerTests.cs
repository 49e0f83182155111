namespace XenMigrate.Tests.Fleet.Planning;

public class PlacementPlannerTests
{
    private readonly SimulatedPair _pair = new();

    [Fact]
    public async Task Guests_are_planned_to_go_where_they_are_wanted()
    {
        FleetPlan plan = await PlanAsync(new WantedPlace("web", null, "b"));

        PlannedMove move = Assert.Single(plan.Move);
        Assert.Equal(("web", "a", "b", 1, MigrationMode.Live), (move.Name, move.Source, move.Destination, move.Step, move.Mode));
        Assert.Equal(["a", "b"], plan.Host.Select(host => host.ComputerName));
        Assert.Empty(plan.Unplaced);
        Assert.Empty(plan.FindProblems());
        Assert.Empty(_pair.Changes);
    }

    [Fact]
    public async Task Who_is_there_already_stays() => Assert.Empty((await PlanAsync(new WantedPlace("web", null, "A"))).Move);

    [Fact]
    public async Task One_that_no_host_has_is_told_of()
    {
        UnplacedGuest gone = Assert.Single((await PlanAsync(new WantedPlace("gone", null, "b"))).Unplaced);

        Assert.Equal(("GuestNotFound", "it is on none of the hosts, and was to go to b."), (gone.ErrorId, gone.Reason));
    }

    [Fact]
    public async Task One_guest_has_one_place()
    {
        PlacementInvalidException invalid = await Assert.ThrowsAsync<PlacementInvalidException>(
            () => PlanAsync(new WantedPlace("web", null, "b"), new WantedPlace("web", null, "a")));

        Assert.Contains("web is wanted at b and at a", invalid.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_does_not_tell_what_it_has_is_not_planned_for() => await Assert.ThrowsAsync<HostUnreachableException>(() => PlacementPlanner.PlanAsync(
        new PlacementRequest([new WantedPlace("web", null, "b")], [A.Host(_pair.Source), new HostEnd("b", null, "no route")]), _pair.Timing.Timing, CancellationToken.None));

    [Fact]
    public async Task It_is_not_brought_to_one_that_it_is_kept_apart_from()
    {
        _ = _pair.Destination.Add("web2", uuid: Guid.NewGuid());
        PlacementRequest request = Request(new WantedPlace("web", null, "b")) with
        {
            // They have the same disk, which is another matter.
            Checks = CheckSelection.AllBut(["XM-STO-07"]),
            Apart = guests => Task.FromResult<IReadOnlyList<string?>>([.. guests.Select(guest => guest.Name[..3])]),
        };

        PlacementInvalidException invalid = await Assert.ThrowsAsync<PlacementInvalidException>(() => PlacementPlanner.PlanAsync(request, _pair.Timing.Timing, CancellationToken.None));

        Assert.Contains("together", invalid.Message, StringComparison.Ordinal);
    }

    private PlacementRequest Request(params WantedPlace[] wanted) =>
        new(wanted, [A.Host(_pair.Source), A.Host(_pair.Destination)]) { Live = true };

    private Task<FleetPlan> PlanAsync(params WantedPlace[] wanted) =>
        PlacementPlanner.PlanAsync(Request(wanted), _pair.Timing.Timing, CancellationToken.None);
}
