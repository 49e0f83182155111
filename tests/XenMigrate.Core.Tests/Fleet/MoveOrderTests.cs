namespace XenMigrate.Tests;

public class MoveOrderTests
{
    private static readonly QueuedMove<int>[] s_moves =
        [Move("web", 20), Move("Db", 30), Move("mail", 10, "b"), Move("app", 20)];

    [Theory]
    [InlineData(MoveOrder.None, "web Db mail app")]
    [InlineData(MoveOrder.Name, "app Db mail web")]
    [InlineData(MoveOrder.MemoryAscending, "mail web app Db")]
    [InlineData(MoveOrder.MemoryDescending, "Db web app mail")]
    [InlineData(MoveOrder.BusiestHostFirst, "Db web app mail")]
    public void Moves_are_sorted(MoveOrder order, string expected) =>
        Assert.Equal(expected, string.Join(' ', s_moves.Sort(order).Select(move => move.Name)));

    [Fact]
    public void A_host_with_much_to_send_is_not_kept_waiting() => Assert.Equal(
        ["a1", "a2", "b1", "a3"],
        ((QueuedMove<int>[])[Move("b1", 25, "b", "y"), Move("a1", 20), Move("a2", 20), Move("a3", 20)])
            .Sort(MoveOrder.BusiestHostFirst).Select(move => move.Name));

    [Fact]
    public void Every_order_keeps_every_move() => Gen.Select(
        Gen.Enum<MoveOrder>(), Gen.Select(Gen.Int[0, 9], Gen.Int[0, 4], Gen.Long[0, 50]).List[0, 30]).Sample((order, guests) =>
        {
            QueuedMove<int>[] moves = [.. guests.Select((guest, i) =>
                new QueuedMove<int>(i, $"g{guest.Item1}", $"{i}", $"h{guest.Item2}", "x", guest.Item3))];

            Assert.Equal(Enumerable.Range(0, moves.Length), moves.Sort(order).Select(move => move.Item).Order());
        });

    private static QueuedMove<int> Move(string name, long memory, string source = "a", string destination = "x") =>
        new(0, name, name, source, destination, memory);
}
