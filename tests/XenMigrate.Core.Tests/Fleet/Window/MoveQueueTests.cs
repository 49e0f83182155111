namespace XenMigrate.Tests;

public class MoveQueueTests
{
    [Fact]
    public void Moves_begin_in_the_order_given()
    {
        MoveQueue<int> queue = Queue(new WindowLimits { ThrottleLimit = 2 }, Move(0), Move(1), Move(2));

        Assert.Equal([0, 1], [queue.Take()!.Item, queue.Take()!.Item]);
        Assert.Null(queue.Take());
    }

    [Fact]
    public void A_step_begins_when_the_one_before_it_has_ended()
    {
        MoveQueue<int> queue = Queue(
            new WindowLimits { ThrottleLimit = 9 }, Move(0, "a", "x"), Move(1, "b", "x"), Move(2, "x", "a") with { Step = 2 });
        QueuedMove<int>[] first = [queue.Take()!, queue.Take()!];

        Assert.Null(queue.Take());
        queue.End(first[0], Landing.Arrived);
        Assert.Null(queue.Take());
        Assert.Equal([2], queue.Waiting.Select(move => move.Item));
        // What failed is over too: the next one's own checks see what became of it.
        queue.End(first[1], Landing.Stayed);
        Assert.Equal(2, queue.Take()!.Item);
    }

    [Fact]
    public void As_one_ends_the_next_begins()
    {
        MoveQueue<int> queue = Queue(new WindowLimits { ThrottleLimit = 1 }, Move(0), Move(1));

        queue.End(queue.Take()!, Landing.Arrived);

        Assert.Equal(1, queue.Take()!.Item);
    }

    [Fact]
    public void A_host_that_sends_enough_lets_another_one_go_first()
    {
        MoveQueue<int> queue = Queue(
            new WindowLimits { ThrottleLimit = 9, OutOfHost = 1 }, Move(0, "a", "x"), Move(1, "a", "y"), Move(2, "b", "x"));

        Assert.Equal([0, 2], [queue.Take()!.Item, queue.Take()!.Item]);
        Assert.Null(queue.Take());
    }

    [Fact]
    public void A_host_that_takes_enough_lets_another_one_go_first()
    {
        MoveQueue<int> queue = Queue(
            new WindowLimits { ThrottleLimit = 9, IntoHost = 1 }, Move(0, "a", "x"), Move(1, "b", "x"), Move(2, "b", "y"));

        Assert.Equal([0, 2], [queue.Take()!.Item, queue.Take()!.Item]);
        Assert.Null(queue.Take());
    }

    [Fact]
    public void A_guest_waits_for_the_room_that_others_are_on_their_way_to()
    {
        MoveQueue<int> queue = Queue(Free(100), Move(0, memory: 60), Move(1, memory: 60));
        QueuedMove<int> first = queue.Take()!;
        Assert.Null(queue.Take());

        queue.End(first, Landing.Stayed);

        Assert.Equal(1, queue.Take()!.Item);
    }

    [Fact]
    public void A_guest_that_has_no_room_is_tried_once_nothing_is_under_way()
    {
        MoveQueue<int> queue = Queue(Free(100), Move(0, memory: 60), Move(1, memory: 60), Move(2, "a", "z", memory: 1));
        QueuedMove<int>[] both = [queue.Take()!, queue.Take()!];
        Assert.Equal([0, 2], both.Select(move => move.Item));

        queue.End(both[0], Landing.Arrived);
        Assert.Null(queue.Take());
        queue.End(both[1], Landing.Arrived);

        Assert.Equal(1, queue.Take()!.Item);
    }

    [Fact]
    public void A_guest_that_left_gives_its_room_to_another()
    {
        MoveQueue<int> queue = Queue(
            Free(0, "a") with { ThrottleLimit = 9 }, Move(0, "a", "z", 50), Move(1, "b", "a", 50), Move(2, "c", "y", 50));
        QueuedMove<int> leaving = queue.Take()!;
        Assert.Equal(2, queue.Take()!.Item);

        queue.End(leaving, Landing.Arrived);

        Assert.Equal(1, queue.Take()!.Item);
    }

    [Fact]
    public void A_guest_that_may_be_on_either_host_keeps_its_room_on_both()
    {
        MoveQueue<int> queue = Queue(Free(100), Move(0, memory: 60), Move(1, memory: 60), Move(2, "c", "y"));
        QueuedMove<int> first = queue.Take()!;
        Assert.Equal(2, queue.Take()!.Item);

        queue.End(first, Landing.Unknown);

        Assert.Null(queue.Take());
    }

    [Fact]
    public void The_same_guest_is_moved_once_at_a_time()
    {
        MoveQueue<int> queue = Queue(
            new WindowLimits { ThrottleLimit = 9 },
            Move(0, "a", "x") with { Identity = "web" }, Move(1, "b", "y") with { Identity = "web" }, Move(2, "b", "z"));
        QueuedMove<int> first = queue.Take()!;
        Assert.Equal(2, queue.Take()!.Item);
        Assert.Null(queue.Take());

        queue.End(first, Landing.Arrived);

        Assert.Equal(1, queue.Take()!.Item);
    }

    [Fact]
    public void A_hosts_name_is_the_same_in_any_case()
    {
        MoveQueue<int> queue = Queue(Free(100, "X") with { ThrottleLimit = 9 }, Move(0, "a", "x", 60), Move(1, "a", "X", 60));

        _ = queue.Take();

        Assert.Null(queue.Take());
    }

    [Fact]
    public void What_waits_is_told_in_order()
    {
        MoveQueue<int> queue = Queue(
            new WindowLimits { ThrottleLimit = 1 }, Move(0, "b", "x"), Move(1, "a", "x"), Move(2, "b", "x"), Move(3, "a", "x"));
        _ = queue.Take();

        Assert.Equal([1, 2, 3], queue.Waiting.Select(move => move.Item));
    }

    [Fact]
    public void A_limit_that_lets_nothing_through_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Queue(new WindowLimits { OutOfHost = 0 }, Move(0)));

    private static MoveQueue<int> Queue(WindowLimits limits, params QueuedMove<int>[] moves) => new(moves, limits);

    private static QueuedMove<int> Move(int number, string source = "a", string destination = "x", long memory = 10) =>
        new(number, $"guest{number}", $"guest{number}", source, destination, memory);

    private static WindowLimits Free(long memory, string host = "x") =>
        new() { ThrottleLimit = 9, FreeMemoryMB = new Dictionary<string, long> { [host] = memory } };
}
