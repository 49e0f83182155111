namespace XenMigrate.Tests.Fleet.Batches;

public class PlannedMovesTests
{
    private readonly SimulatedPair _pair = new();

    [Fact]
    public async Task A_guest_is_found_where_the_plan_saw_it()
    {
        PlannedMoves planned = await FindAsync("web");

        Assert.Equal(("web", "b"), (Assert.Single(planned.Moves).Guest.Name, planned.Moves[0].Destination.ComputerName));
        Assert.Empty(planned.Problems);
    }

    [Fact]
    public async Task One_that_is_at_its_destination_already_is_told_of_so()
    {
        _ = _pair.Destination.Add("db", uuid: Guid.NewGuid());

        Assert.Equal("db is not on a any more: it is on b already, where the plan moves it.", await ProblemAsync("db"));
    }

    [Fact]
    public async Task One_that_no_host_of_the_plan_has_is_told_of_so() =>
        Assert.Equal("db is not on a any more, nor on another host of the plan.", await ProblemAsync("db"));

    [Fact]
    public async Task One_that_goes_on_from_a_third_host_is_found_where_it_is_now()
    {
        Guid uuid = (await A.Host(_pair.Source).Toolstack.ListAsync(default)).Single(guest => guest.Name == "web").Uuid!.Value;
        PlannedMoves planned = await PlannedMoves.FindAsync(
            new FleetPlan
            {
                Move =
                [
                    new PlannedMove { Name = "web", Uuid = uuid, Source = "a", Destination = "b" },
                    new PlannedMove { Name = "web", Uuid = uuid, Source = "b", Destination = "a", Step = 2 },
                ],
            },
            [A.Host(_pair.Source), A.Host(_pair.Destination)],
            live: true,
            default);

        Assert.Empty(planned.Problems);
        Assert.Equal([("a", "b", 1), ("b", "a", 2)], planned.Moves.Select(move => (move.Source.ComputerName, move.Destination.ComputerName, move.Step)));
    }

    private async Task<string> ProblemAsync(string name)
    {
        PlannedMoves planned = await FindAsync(name);

        Assert.Empty(planned.Moves);
        return Assert.IsType<GuestNotFoundException>(Assert.Single(planned.Problems).Error).Message;
    }

    private Task<PlannedMoves> FindAsync(string name) => PlannedMoves.FindAsync(
        new FleetPlan { Move = [new PlannedMove { Name = name, Source = "a", Destination = "b" }] },
        [A.Host(_pair.Source), A.Host(_pair.Destination)],
        live: true,
        default);
}
