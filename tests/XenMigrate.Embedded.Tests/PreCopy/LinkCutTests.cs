namespace XenMigrate.Tests.PreCopy;

public class LinkCutTests
{
    private const int Pages = 128;
    private const int Points = 20;

    private static readonly TransferTimes s_times = new()
    {
        Handshake = TimeSpan.FromMilliseconds(700), Silence = TimeSpan.FromMilliseconds(700),
    };

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 2)]
    public async Task Wherever_the_link_is_cut_exactly_one_copy_runs(bool reset, int connections)
    {
        // An uncut move tells how long the dialogue is, in both directions.
        (long forward, long back) = await Measure(connections);
        List<(long, long)> points =
        [
            .. Enumerable.Range(0, Points - 6).Select(i => (forward * i / (Points - 6), long.MaxValue)),
            .. new long[] { 1, 25, 70, 90, 110, 130 }.Select(left => (forward - left, long.MaxValue)),
            .. Enumerable.Range(0, Points - 5).Select(i => (long.MaxValue, back * i / (Points - 5))),
            .. new long[] { 1, 10, 19, 25, 34 }.Select(left => (long.MaxValue, back - left)),
        ];

        int cut = 0;
        await Parallel.ForEachAsync(
            points,
            new ParallelOptions { MaxDegreeOfParallelism = 10 },
            async (point, _) =>
            {
                if (await Check(point.Item1, point.Item2, reset, connections))
                {
                    Interlocked.Increment(ref cut);
                }
            });

        // A dialogue may be a round shorter than the one that was measured: then it ends before the last points.
        Assert.True(cut > points.Count / 2, $"only {cut} of {points.Count} links were cut");
    }

    [Fact]
    public async Task When_nobody_can_tell_whether_the_destination_took_it_the_source_stays_paused()
    {
        (_, long back) = await Measure(1);
        using Move move = new(Pages, GuestWorkload.Idle, times: s_times);
        using CuttingRelay relay = new(move.Server.Endpoint, long.MaxValue, back - 25, reset: true);
        move.Port = relay.Endpoint;
        move.Ask = _ => null;
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Unknown, result.Outcome);
        Assert.False(move.Guest.Running);
        Assert.Contains("stays paused here", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_destination_that_dies_before_the_commitment_leaves_the_guest_at_the_source()
    {
        using Move move = new(Pages, GuestWorkload.Idle, times: s_times);
        move.OnReport = _ => move.Server.Dispose();
        move.Guest.Resume();

        RelocationResult result = await move.Run();
        await move.Destination.Ended;

        Assert.Equal(RelocationOutcome.Stayed, result.Outcome);
        Assert.Equal(1, move.Running);
    }

    private static async Task<(long Forward, long Back)> Measure(int connections)
    {
        using Move move = new(Pages, GuestWorkload.Idle, times: s_times);
        using CuttingRelay relay = new(move.Server.Endpoint, long.MaxValue, long.MaxValue, reset: true);
        move.Port = relay.Endpoint;
        move.Options = move.Options with { Connections = connections };
        move.Guest.Resume();
        Assert.Equal(RelocationOutcome.Moved, (await move.Run()).Outcome);
        return (relay.Forwarded, relay.Returned);
    }

    private static async Task<bool> Check(long forward, long back, bool reset, int connections)
    {
        using Move move = new(Pages, GuestWorkload.Idle, times: s_times);
        using CuttingRelay relay = new(move.Server.Endpoint, forward, back, reset);
        move.Port = relay.Endpoint;
        move.Options = move.Options with { Connections = connections };
        move.Guest.Resume();

        RelocationResult result = await move.Run();
        if (move.Destination.Reserved > 0)
        {
            await move.Destination.Ended;
        }

        string where = $"forward {forward}, back {back}, reset {reset}, cut {relay.Cut}: {result.Outcome}, {result.Reason}";
        Assert.True(move.Running == 1, where);
        Assert.True(move.Guest.Running == (result.Outcome == RelocationOutcome.Stayed), where);
        Assert.True(result.Outcome != RelocationOutcome.Unknown, where);
        Assert.True(move.Destination.Activated == (result.Outcome == RelocationOutcome.Moved ? 1 : 0), where);
        Assert.True(move.Destination.SameAtPause ?? true, where);
        return relay.Cut;
    }
}
