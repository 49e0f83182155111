namespace XenMigrate.Tests.PreCopy;

public class RelocationTests
{
    private const int Pages = 4096;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(16, 2)]
    [InlineData(64, 1)]
    [InlineData(256, 2)]
    [InlineData(1024, 1)]
    public async Task Memory_is_the_same_byte_for_byte_at_the_pause_at_every_dirty_rate(int mebibytesPerSecond, int connections)
    {
        using Move move = new(Pages, new GuestWorkload(Pages, (long)mebibytesPerSecond << 20));
        move.Options = new PreCopyOptions
        {
            Connections = connections, OfflineFallback = true, MaximumDowntime = TimeSpan.FromMilliseconds(20),
        };
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Moved, result.Outcome);
        Assert.True(move.Destination.SameAtPause);
        Assert.False(move.Guest.Running);
        Assert.True(move.Destination.Guest!.Running);
        Assert.InRange(result.Iterations.Sum(round => round.Bytes), 0.99 * result.Bytes, result.Bytes);
    }

    [Fact]
    public async Task A_guest_moves_without_live_too()
    {
        using Move move = new(Pages, new GuestWorkload(Pages, 64 << 20));
        move.Guest.Resume();

        RelocationResult result = await move.Run(live: false);

        Assert.Equal(RelocationOutcome.Moved, result.Outcome);
        Assert.True(move.Destination.SameAtPause);
        Assert.Single(result.Iterations);
        Assert.False(result.Offline);
        Assert.NotNull(result.HeartbeatGap);
    }

    [Fact]
    public async Task A_paused_guest_arrives_paused()
    {
        using Move move = new(Pages, GuestWorkload.Idle);

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Moved, result.Outcome);
        Assert.True(move.Destination.SameAtPause);
        Assert.Equal(0, move.Running);
        Assert.Null(result.Pause);
    }

    [Fact]
    public async Task A_guest_that_did_not_beat_there_yet_tells_of_no_gap()
    {
        using Move move = new(Pages, GuestWorkload.Idle);
        move.Destination.IsStuck = true;
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Moved, result.Outcome);
        Assert.NotNull(result.Pause);
        Assert.Null(result.HeartbeatGap);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Zeros_cost_next_to_nothing(int connections)
    {
        using Move move = new(Pages, GuestWorkload.Idle, filledShare: 0);
        move.Options = new PreCopyOptions { Connections = connections };
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.True(move.Destination.SameAtPause);
        Assert.InRange(result.Bytes, 1, move.Guest.Memory.Bytes / 100);
    }

    [Fact]
    public async Task Headers_are_less_than_half_a_percent()
    {
        using Move move = new(Pages, GuestWorkload.Idle, filledShare: 1);

        RelocationResult result = await move.Run();

        Assert.InRange(result.Bytes, 0.9 * move.Guest.Memory.Bytes, 1.005 * move.Guest.Memory.Bytes);
    }

    [Fact]
    public async Task A_guest_that_never_converges_is_finished_offline_if_that_was_asked_for()
    {
        using Move move = new(Pages, new GuestWorkload(Pages, long.MaxValue / 4));
        move.Options = new PreCopyOptions { OfflineFallback = true, MaximumDowntime = TimeSpan.FromMilliseconds(1) };
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Moved, result.Outcome);
        Assert.True(result.Offline);
        Assert.True(move.Destination.SameAtPause);
        Assert.Equal(ConvergenceDecision.GoOffline, result.Iterations[^2].Decision);
    }

    [Fact]
    public async Task A_guest_that_never_converges_stays_otherwise()
    {
        using Move move = new(Pages, new GuestWorkload(Pages, long.MaxValue / 4));
        move.Options = new PreCopyOptions { MaximumDowntime = TimeSpan.FromMilliseconds(1) };
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Stayed, result.Outcome);
        Assert.True(result.GaveUp);
        Assert.True(move.Guest.Running);
        Assert.Equal((1, 0), (move.Destination.Abandoned, move.Destination.Activated));
        Assert.Null(result.Pause);
    }

    [Fact]
    public async Task The_time_limit_ends_a_round_too()
    {
        using Move move = new(Pages, new GuestWorkload(Pages, 16 << 20), filledShare: 1);
        move.Options = new PreCopyOptions
        {
            BandwidthLimit = 1 << 20,
            KeepLimitWhilePaused = true,
            TimeLimit = TimeSpan.FromMilliseconds(200),
            MaximumDowntime = TimeSpan.FromMilliseconds(100),
        };
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.True(result.GaveUp);
        Assert.Equal(1, move.Running);
        Assert.InRange(result.Bytes, 1, 4 << 20);
    }

    [Fact]
    public async Task A_lifted_cap_finishes_at_full_speed()
    {
        using Move move = new(Pages, new GuestWorkload(Pages, 64 << 20), filledShare: 1);
        move.Options = new PreCopyOptions
        {
            BandwidthLimit = 1 << 20, OfflineFallback = true, TimeLimit = TimeSpan.FromMilliseconds(700), MaximumDowntime = TimeSpan.FromMilliseconds(1),
        };
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.True(result.Offline);
        Assert.True(move.Destination.SameAtPause);

        // Under the cap it would take a quarter of a minute; a busy machine may need seconds without it.
        Assert.InRange(result.Pause!.Value.TotalSeconds, 0, 8);
    }

    [Fact]
    public async Task A_low_cap_is_no_broken_link()
    {
        // At this cap 8 MiB at full speed would be followed by a longer silence than the destination bears.
        using Move move = new(2560, GuestWorkload.Idle, filledShare: 1, times: new TransferTimes { Silence = TimeSpan.FromSeconds(2) });
        move.Options = new PreCopyOptions { BandwidthLimit = 3 << 20 };
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Moved, result.Outcome);
        Assert.True(move.Destination.SameAtPause);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Cancelled_in_a_live_round_the_guest_stays_and_nothing_is_left_of_it(int connections)
    {
        using CancellationTokenSource cancellation = new();
        using Move move = new(Pages, new GuestWorkload(Pages, 16 << 20), filledShare: 1);
        move.Options = new PreCopyOptions { BandwidthLimit = 4 << 20, KeepLimitWhilePaused = true, Connections = connections };
        move.OnReport = report =>
        {
            if (report is PreCopyReport.RoundProgress)
            {
                cancellation.Cancel();
            }
        };
        move.Guest.Resume();

        RelocationResult result = await move.Run(cancellationToken: cancellation.Token);

        Assert.True(result.Cancelled);
        Assert.Equal(RelocationOutcome.Stayed, result.Outcome);
        Assert.True(move.Guest.Running);
        Assert.Equal((1, 0), (move.Destination.Abandoned, move.Destination.Activated));
    }

    [Fact]
    public async Task Cancelled_after_the_pause_it_is_finished()
    {
        using CancellationTokenSource cancellation = new();
        using Move move = new(Pages, new GuestWorkload(Pages, 16 << 20));
        move.OnReport = report =>
        {
            if (report is PreCopyReport.GuestSuspended)
            {
                cancellation.Cancel();
            }
        };
        move.Guest.Resume();

        RelocationResult result = await move.Run(cancellationToken: cancellation.Token);

        Assert.Equal(RelocationOutcome.Moved, result.Outcome);
        Assert.False(result.Cancelled);
    }

    [Fact]
    public async Task Whatever_goes_wrong_before_the_commitment_the_guest_runs_on()
    {
        using Move move = new(Pages, GuestWorkload.Idle);
        move.OnReport = report =>
        {
            if (report is PreCopyReport.GuestSuspended)
            {
                throw new InvalidOperationException("nobody expected this");
            }
        };
        move.Guest.Resume();

        await Assert.ThrowsAsync<InvalidOperationException>(() => move.Run());
        await move.Destination.Ended;

        Assert.True(move.Guest.Running);
        Assert.Equal((1, 0), (move.Destination.Abandoned, move.Destination.Activated));
    }

    [Fact]
    public async Task A_refusal_reaches_the_user_and_the_guest_runs_on()
    {
        using Move move = new(Pages, GuestWorkload.Idle, refusal: "I need 16384 KiB, but 't is full");
        move.Guest.Resume();

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Stayed, result.Outcome);
        Assert.Contains("I need 16384 KiB, but 't is full", result.Reason, StringComparison.Ordinal);
        Assert.True(move.Guest.Running);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_told()
    {
        using Move move = new(Pages, GuestWorkload.Idle);
        move.Guest.Resume();
        move.Server.Dispose();

        RelocationResult result = await move.Run();

        Assert.Equal(RelocationOutcome.Stayed, result.Outcome);
        Assert.StartsWith("can't connect: Connection refused", result.Reason, StringComparison.Ordinal);
        Assert.True(move.Guest.Running);
    }

    [Fact]
    public async Task The_reports_tell_the_whole_story()
    {
        using Move move = new(Pages, new GuestWorkload(Pages, 4 << 20), filledShare: 1);
        move.Options = new PreCopyOptions { BandwidthLimit = 16 << 20, KeepLimitWhilePaused = true };
        move.Guest.Resume();

        RelocationResult result = await move.Run();
        PreCopyReport[] reports = [.. move.Reports];

        // How many come in a second, the machine decides.
        Assert.InRange(reports.OfType<PreCopyReport.RoundProgress>().Count(), 1, 20);
        Assert.Equal(result.Iterations, reports.OfType<PreCopyReport.RoundEnded>().Select(ended => ended.Iteration));
        Assert.Single(reports.OfType<PreCopyReport.GuestSuspended>());
        PreCopyReport.TransferEnded end = Assert.IsType<PreCopyReport.TransferEnded>(reports[^1]);
        Assert.True(end.Moved);
        Assert.Equal((result.Bytes, result.Pause, result.HeartbeatGap), (end.Bytes, end.Pause, end.HeartbeatGap));
    }

    [Fact]
    public async Task A_guest_can_go_back_where_it_came_from()
    {
        using Move there = new(Pages, new GuestWorkload(Pages, 16 << 20));
        there.Guest.Resume();
        _ = await there.Run();
        EmbeddedGuest guest = there.Destination.Guest!;
        using FakeDestination home = new(guest.Memory);
        using RelocationServer server = new(home, _ => true);

        RelocationResult result = await new RelocationClient(
            () =>
            {
                System.Net.Sockets.Socket socket = new(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                socket.Connect(server.Endpoint);
                return socket;
            },
            token => server.Settle(token)).SendAsync(guest, new PreCopyOptions(), true, _ => { }, default);

        Assert.Equal(RelocationOutcome.Moved, result.Outcome);
        Assert.True(home.SameAtPause);
        Assert.True(home.Guest!.Running);
    }
}
