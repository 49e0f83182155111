namespace XenMigrate.Tests;

public class GuestPlacementTests
{
    [Fact]
    public void A_guest_goes_where_most_memory_stays_free() =>
        Assert.Equal("y", Assert.Single(Plan([Guest("web", 10)], Host("x", 50), Host("y", 60)).Move).Destination);

    [Fact]
    public void What_is_planned_already_counts() => Assert.Equal(
        ["x", "y", "x"], Plan([Guest("a", 30), Guest("b", 30), Guest("c", 5)], Host("x", 61), Host("y", 60)).Move.Select(move => move.Destination));

    [Fact]
    public void The_largest_chooses_first_and_the_order_stays_as_given()
    {
        FleetPlan plan = Plan([Guest("small", 10), Guest("large", 60)], Host("x", 60), Host("y", 20));

        Assert.Equal(["small to y", "large to x"], plan.Move.Select(move => $"{move.Name} to {move.Destination}"));
    }

    [Fact]
    public void A_guest_goes_only_where_the_checks_let_it()
    {
        FleetPlan plan = Plan(
            [Guest("web", 10)], new PlacementOptions { MayGo = (_, host) => host != "y" }, Host("x", 50), Host("y", 60));

        Assert.Equal("x", Assert.Single(plan.Move).Destination);
    }

    [Fact]
    public void Nobody_is_sent_where_he_is() =>
        Assert.Equal("x", Assert.Single(Plan([Guest("web", 10) with { Source = "Y" }], Host("x", 50), Host("y", 60)).Move).Destination);

    [Fact]
    public void Guests_that_are_to_be_apart_are_put_on_different_hosts()
    {
        FleetPlan plan = Plan(
            [Guest("db1", 10) with { Apart = "db" }, Guest("db2", 9) with { Apart = "DB" }], Host("x", 1000), Host("y", 60));

        Assert.Equal(["x", "y"], plan.Move.Select(move => move.Destination));
    }

    [Fact]
    public void A_host_that_has_one_of_them_already_gets_no_other()
    {
        FleetPlan plan = Plan([Guest("db1", 10) with { Apart = "db" }], Host("x", 1000) with { Apart = ["db"] }, Host("y", 60));

        Assert.Equal("y", Assert.Single(plan.Move).Destination);
    }

    [Fact]
    public void A_guest_without_room_stays_and_the_figures_are_told() => Assert.Equal(
        "it needs 70 MiB, and the most that is left is 60 MiB, on y.",
        Assert.Single(Plan([Guest("web", 70)], Host("x", 50), Host("y", 60)).Unplaced).Reason);

    [Fact]
    public void A_guest_that_is_let_nowhere_stays_and_it_is_told_why() => Assert.Equal(
        "of the destinations with 10 MiB left, the checks refuse 1 and 1 has another of 'db'.",
        Assert.Single(Plan(
            [Guest("web", 10) with { Apart = "db" }],
            new PlacementOptions { MayGo = (_, _) => false },
            Host("x", 50), Host("y", 60) with { Apart = ["db"] }, Host("z", 5)).Unplaced).Reason);

    [Fact]
    public void A_guest_on_the_only_destination_stays() => Assert.Equal(
        "the only destination is x, where it is already.",
        Assert.Single(Plan([Guest("web", 10) with { Source = "x" }], Host("x", 50)).Unplaced).Reason);

    [Fact]
    public void The_plan_has_the_order_that_was_asked_for() => Assert.Equal(
        ["a", "b"],
        Plan([Guest("b", 10), Guest("a", 10)], new PlacementOptions { Order = MoveOrder.Name }, Host("x", 50)).Move.Select(move => move.Name));

    [Fact]
    public void Every_guest_has_a_place_or_a_reason_and_no_host_too_many() => Gen.Select(
        Gen.Select(Gen.Long[1, 60], Gen.Int[0, 4], Gen.Int[0, 3]).List[0, 40],
        Gen.Long[0, 300].List[0, 6],
        Gen.Int[0, 100]).Sample((guests, hosts, refusals) =>
        {
            FleetGuest[] all = [.. guests.Select((guest, i) => Guest($"g{i}", guest.Item1) with
            {
                Source = $"h{guest.Item2}", Apart = guest.Item3 == 0 ? $"group{i % 3}" : null,
            })];
            bool MayGo(FleetGuest guest, string host) => (guest.Name.GetHashCode(StringComparison.Ordinal) ^ host[1]) % 100 >= refusals / 4;

            FleetPlan plan = Plan(
                all, new PlacementOptions { MayGo = MayGo }, [.. hosts.Select((free, i) => Host($"h{i}", free))]);

            Assert.Empty(plan.FindProblems());
            Assert.Equal(
                all.Select(guest => guest.Name).Order(),
                plan.Move.Select(move => move.Name).Concat(plan.Unplaced.Select(guest => guest.Name)).Order());
            Assert.All(plan.Move, move => Assert.True(MayGo(all.Single(guest => guest.Name == move.Name), move.Destination)));
            Assert.All(plan.FreeMemoryAfterMB().Values, free => Assert.InRange(free, 0, long.MaxValue));
        });

    internal static FleetGuest Guest(string name, long memory) => new() { Name = name, Source = "home", MemoryMB = memory };

    internal static FleetHost Host(string name, long free) => new() { ComputerName = name, FreeMemoryMB = free };

    private static FleetPlan Plan(IReadOnlyList<FleetGuest> guests, params FleetHost[] hosts) => Plan(guests, new PlacementOptions(), hosts);

    private static FleetPlan Plan(IReadOnlyList<FleetGuest> guests, PlacementOptions options, params FleetHost[] hosts) =>
        GuestPlacement.Plan(guests, hosts, options, FakeTiming.Start);
}
