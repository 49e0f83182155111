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
    public void A_guest_may_go_by_a_third_host_in_steps()
    {
        FleetPlan plan = InSteps();

        Assert.Empty(plan.FindProblems());
        // b left x before a came; its leaving w is in the last step, and not counted.
        Assert.Equal([("w", 2L), ("x", 0L), ("y", 4L)], plan.FreeMemoryAfterMB().Select(host => (host.Key, host.Value)).Order());
    }

    [Fact]
    public void Steps_that_do_not_follow_from_each_other_are_found()
    {
        FleetPlan plan = InSteps();
        plan.Move[1].Step = 1;
        plan.Move[2].Step = 1;

        Assert.Equal(
            [
                "b is in the plan 2 times, to go to w and to y.",
                "x has 4 MiB free, and guests of 12 MiB are to go there.",
                "y has 0 MiB free, and guests of 8 MiB are to go there.",
            ],
            plan.FindProblems());
    }

    [Fact]
    public void Guests_that_steps_bring_together_are_found()
    {
        FleetPlan plan = InSteps();
        plan.Move[1] = plan.Move[1] with { Apart = "db", MemoryMB = 1 };
        plan.Move[2] = plan.Move[2] with { Apart = "db", Destination = "x", MemoryMB = 1 };

        Assert.Equal(["a, b are to be kept apart, and all are to go to x."], plan.FindProblems());
    }

    [Fact]
    public void A_step_without_room_is_found()
    {
        FleetPlan plan = InSteps() with { Host = [GuestPlacementTests.Host("w", 7), GuestPlacementTests.Host("x", 4), GuestPlacementTests.Host("y", 0)] };

        Assert.Equal(["w has 7 MiB free, and after 1 of 3 steps 1 MiB more would be taken."], plan.FindProblems());
    }

    /// <summary>a (12) and b (8) change places on y and x, which have 0 and 4 left; w lends its room.</summary>
    private static FleetPlan InSteps() => new()
    {
        Move =
        [
            new PlannedMove { Name = "b", Uuid = A.Uuid, Source = "x", Destination = "w", MemoryMB = 8 },
            new PlannedMove { Name = "a", Source = "y", Destination = "x", MemoryMB = 12, Step = 2 },
            new PlannedMove { Name = "b", Uuid = A.Uuid, Source = "w", Destination = "y", MemoryMB = 8, Step = 3 },
        ],
        Host = [GuestPlacementTests.Host("w", 10), GuestPlacementTests.Host("x", 4), GuestPlacementTests.Host("y", 0)],
    };

    [Fact]
    public void Guests_brought_together_that_are_to_be_apart_are_found()
    {
        FleetPlan plan = Plan();
        plan.Move.Add(plan.Move[1] with { Name = "web2", Uuid = null, MemoryMB = 1 });

        Assert.Equal(["web, web2 are to be kept apart, and all are to go to x."], plan.FindProblems());
    }
}
