namespace XenMigrate.Tests;

public class MoveWindowTests
{
    private readonly FakeTiming _timing = new();
    private readonly List<string> _began = [];
    private readonly List<WindowResult<int, string>> _ended = [];

    [Fact]
    public async Task Every_move_has_its_result_as_it_ends()
    {
        TaskCompletionSource slow = new();
        Task all = RunAsync(2, 3, async (number, _) =>
        {
            await (number == 0 ? slow.Task : Task.CompletedTask);
            return new MoveEnd<string>($"done {number}", Landing.Arrived);
        });

        await UntilAsync(() => _ended.Count == 2);
        Assert.Equal(["done 1", "done 2"], _ended.Select(result => result.Value));
        slow.SetResult();
        await all;

        Assert.Equal("done 0", _ended[2].Value);
        Assert.All(_ended, result => Assert.Equal(WindowOutcome.Made, result.Outcome));
    }

    [Fact]
    public async Task One_guests_failure_is_no_others()
    {
        await RunAsync(2, 4, (number, _) => number == 1
            ? throw new HostUnreachableException("x", "no route")
            : Task.FromResult(new MoveEnd<string>("done", Landing.Arrived)));

        Assert.Equal(4, _ended.Count);
        WindowResult<int, string> failed = Assert.Single(_ended, result => result.Outcome == WindowOutcome.Failed);
        Assert.Equal(1, failed.Move.Item);
        Assert.IsType<HostUnreachableException>(failed.Error);
    }

    [Fact]
    public async Task Once_stopped_nothing_begins_and_what_began_says_how_it_ended()
    {
        using CancellationTokenSource stop = new();
        TaskCompletionSource finishes = new();
        Task all = RunAsync(
            2,
            4,
            async (number, token) =>
            {
                if (number == 0)
                {
                    // Past the point of no return.
                    await finishes.Task;
                    return new MoveEnd<string>("finished", Landing.Arrived);
                }

                await Task.Delay(Timeout.Infinite, token);
                throw new InvalidOperationException("never");
            },
            stop.Token);

        await stop.CancelAsync();
        finishes.SetResult();
        await all;

        Assert.Equal(["guest0", "guest1"], _began);
        Assert.Equal("finished", Result(0).Value);
        Assert.Equal([1, 2, 3], _ended.Where(result => result.Outcome == WindowOutcome.NotBegun).Select(result => result.Move.Item).Order());
        Assert.NotNull(Result(1).Began);
        Assert.Null(Result(2).Began);
    }

    [Fact]
    public async Task What_nobody_foresaw_is_thrown_once_the_others_ended()
    {
        TaskCompletionSource other = new();
        Task all = RunAsync(2, 3, async (number, _) =>
        {
            if (number == 0)
            {
                throw new InvalidOperationException("a bug");
            }

            await other.Task;
            return new MoveEnd<string>("done", Landing.Arrived);
        });

        await UntilAsync(() => _began.Count == 2);
        Assert.False(all.IsCompleted);
        other.SetResult();

        Assert.Equal("a bug", (await Assert.ThrowsAsync<InvalidOperationException>(() => all)).Message);
        Assert.Equal(["guest0", "guest1"], _began);
        Assert.Equal("done", Assert.Single(_ended).Value);
    }

    [Fact]
    public async Task A_result_tells_when_its_move_ran()
    {
        await RunAsync(1, 2, (_, _) =>
        {
            _timing.Advance(TimeSpan.FromSeconds(3));
            return Task.FromResult(new MoveEnd<string>("done", Landing.Arrived));
        });

        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(3)), (Result(0).Began, Result(0).Ended));
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6)), (Result(1).Began, Result(1).Ended));
    }

    [Fact]
    public async Task Nothing_to_move_is_soon_done()
    {
        await RunAsync(2, 0, (_, _) => throw new InvalidOperationException());

        Assert.Empty(_ended);
    }

    [Fact]
    public Task The_window_is_never_exceeded_whatever_ends_when() => Gen.Select(Gen.Int[1, 5], Gen.Int[0, 30], Gen.Int).SampleAsync(
        async (limit, count, seed) =>
        {
            Random random = new(seed);
            int running = 0;
            int most = 0;
            List<int> made = [];
            await new MoveWindow<int, string>(new WindowLimits { ThrottleLimit = limit }, _timing.Timing).RunAsync(
                [.. Enumerable.Range(0, count).Select(Move)],
                async (number, token) =>
                {
                    most = Math.Max(most, Interlocked.Increment(ref running));
                    int yields = random.Next(4);
                    for (int i = 0; i < yields; i++)
                    {
                        await Task.Yield();
                    }

                    _ = Interlocked.Decrement(ref running);
                    return number % 3 == 0
                        ? throw new HostUnreachableException("x", "no route")
                        : new MoveEnd<string>("", Landing.Arrived);
                },
                _ => { },
                result => made.Add(result.Move.Item),
                CancellationToken.None);

            Assert.InRange(most, 0, limit);
            Assert.Equal(Enumerable.Range(0, count), made.Order());
        },
        threads: 1,
        iter: 300);

    private Task RunAsync(
        int limit, int count, Func<int, CancellationToken, Task<MoveEnd<string>>> move, CancellationToken token = default) =>
        new MoveWindow<int, string>(new WindowLimits { ThrottleLimit = limit }, _timing.Timing).RunAsync(
            [.. Enumerable.Range(0, count).Select(Move)], move, next => _began.Add(next.Name), _ended.Add, token);

    private WindowResult<int, string> Result(int number) => Assert.Single(_ended, result => result.Move.Item == number);

    private static QueuedMove<int> Move(int number) => new(number, $"guest{number}", $"guest{number}", "a", "x", 10);

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        while (!isSo())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
