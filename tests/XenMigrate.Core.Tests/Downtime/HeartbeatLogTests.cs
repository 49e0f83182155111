namespace XenMigrate.Tests.Downtime;

public sealed class HeartbeatLogTests
{
    [Fact]
    public void A_steady_beat_is_no_outage()
    {
        GuestDowntime measured = Measure([Beat(1, 1)], [Beat(1, 1), Beat(2, 2), Beat(3, 3)]);

        Assert.Equal((TimeSpan.Zero, 0, 2), (measured.Outage, measured.LostProbe, measured.ProbeCount));
    }

    [Fact]
    public void A_late_beat_is_one()
    {
        GuestDowntime measured = Measure([Beat(1, 1)], [Beat(2, 2), Beat(5.4, 3), Beat(6.4, 4)]);

        Assert.Equal((TimeSpan.FromSeconds(2.4), 2, 5), (measured.Outage, measured.LostProbe, measured.ProbeCount));
    }

    [Fact]
    public void A_gap_that_the_guest_noticed_is_more_exact_than_its_beats()
    {
        GuestDowntime measured = Measure([Beat(1, 1)], [Beat(2, 2), "web GAP wall 0.412 s mono 0.009 s at 1.0", Beat(3, 3)]);

        Assert.Equal((TimeSpan.FromSeconds(0.412), TimeSpan.FromSeconds(0.403)), (measured.Outage, measured.ClockJump));
    }

    [Fact]
    public void A_clock_that_went_back_is_a_jump_and_no_outage()
    {
        GuestDowntime measured = Measure([Beat(1, 1)], [Beat(2, 2, offset: -7), Beat(3, 3, offset: -7)]);

        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(-7)), (measured.Outage, measured.ClockJump));
    }

    [Fact]
    public void Logs_of_two_hosts_are_put_together()
    {
        HeartbeatLog log = new(Parse([Beat(1, 1)]));

        log.Add(Parse([Beat(4, 4), Beat(5, 5)]));
        log.Add(Parse([Beat(1, 1), Beat(2, 2), Beat(3, 3)]));
        log.Add(Parse([Beat(4, 4), Beat(5, 5)]));

        Assert.Equal((TimeSpan.Zero, 4), (log.Measure("web").Outage, log.Beats));
    }

    [Fact]
    public void What_an_earlier_stay_left_in_a_log_does_not_count()
    {
        string[] old = ["web GAP wall 30.000 s mono 30.000 s at 1.0", Beat(1, 1)];

        Assert.Equal(TimeSpan.Zero, Measure(old, [.. old, Beat(2, 2)]).Outage);
    }

    [Fact]
    public void A_guest_that_was_started_anew_counts_from_there()
    {
        GuestDowntime measured = Measure([Beat(500, 500)], [Beat(1, 1, offset: 520), Beat(2, 2, offset: 520)]);

        Assert.Equal(TimeSpan.Zero, measured.Outage);
    }

    [Fact]
    public void Without_any_beat_it_is_not_alive() => Assert.False(new HeartbeatLog([]).IsAlive);

    private static GuestDowntime Measure(string[] before, string[] after)
    {
        HeartbeatLog log = new(Parse(before));
        log.Add(Parse(after));
        return log.Measure("web");
    }

    private static IEnumerable<HeartbeatLine> Parse(string[] lines) => HeartbeatLine.Parse("web", string.Join("\n", lines));

    private static string Beat(double seconds, long number, double offset = 0) => HeartbeatLineTests.Beat("web", seconds, number, offset);
}
