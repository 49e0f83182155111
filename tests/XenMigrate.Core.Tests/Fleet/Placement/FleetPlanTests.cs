namespace XenMigrate.Tests;

public class FleetPlanTests
{
    private static FleetPlan Plan() => GuestPlacement.Plan(
        [
            GuestPlacementTests.Guest("web", 40) with { Uuid = A.Uuid, Apart = "front" },
            GuestPlacementTests.Guest("mail \"1\"\n", 30),
            GuestPlacementTests.Guest("huge", 4000),
        ],
        [GuestPlacementTests.Host("x", 100), GuestPlacementTests.Host("y", 60) with { Apart = ["front"] }],
        new PlacementOptions { Order = MoveOrder.Name, Rate = new TransferRate(1 << 20, Live: false, TimeSpan.FromSeconds(3)) },
        FakeTiming.Start);

    [Fact]
    public void A_plan_as_it_was_made_has_no_problems() => Assert.Empty(Plan().FindProblems());

    [Fact]
    public void What_stays_free_is_told() => Assert.Equal(
        [("x", 30L), ("y", 60L)], Plan().FreeMemoryAfterMB().Select(host => (host.Key, host.Value)).Order());

    [Fact]
    public void Changes_that_cannot_be_carried_out_are_found()
    {
        FleetPlan plan = Plan();
        plan.Move[0].Destination = "home";
        plan.Move[1].Destination = "Y";
        plan.Move.Add(plan.Move[1] with { Destination = "z" });
        plan.Move.Add(plan.Move[0] with { Name = "fat", Destination = "x", MemoryMB = 101 });

        Assert.Equal(
            [
                "mail \"1\"\\n is on home already.",
                "web is to go to z, of which the plan knows nothing: put it among the plan's hosts.",
                "web is in the plan 2 times, to go to Y and to z.",
                "x has 100 MiB free, and guests of 101 MiB are to go there.",
                "web would be on Y with another of 'front'.",
            ],
            plan.FindProblems());
    }

    [Fact]
    public void Guests_brought_together_that_are_to_be_apart_are_found()
    {
        FleetPlan plan = Plan();
        plan.Move.Add(plan.Move[1] with { Name = "web2", Uuid = null, MemoryMB = 1 });

        Assert.Equal(["web, web2 are to be kept apart, and all are to go to x."], plan.FindProblems());
    }
}
