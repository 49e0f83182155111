namespace XenMigrate.Tests.Downtime;

public sealed class ProbeLogTests
{
    [Fact]
    public void The_longest_silence_less_the_interval_is_the_outage()
    {
        GuestDowntime measured = Measure([0.1, 0.2, 0.3, 0.9, 1.0], sent: 10, end: 1.1);

        Assert.Equal((TimeSpan.FromSeconds(0.5), 5, 10), (measured.Outage, measured.LostProbe, measured.ProbeCount));
    }

    [Fact]
    public void Silence_up_to_the_end_counts() =>
        Assert.Equal(TimeSpan.FromSeconds(4.8), Measure([0.1], sent: 50, end: 5).Outage);

    [Fact]
    public void No_answer_at_all_is_silence_from_the_beginning() =>
        Assert.Equal(TimeSpan.FromSeconds(2.9), Measure([], sent: 30, end: 3).Outage);

    [Fact]
    public void Answers_may_come_out_of_order() =>
        Assert.Equal(TimeSpan.Zero, Measure([0.2, 0.1, 0.3], sent: 3, end: 0.35).Outage);

    private static GuestDowntime Measure(double[] answers, int sent, double end)
    {
        ProbeLog log = new(TimeSpan.FromSeconds(0.1));
        for (int i = 0; i < sent; i++)
        {
            log.Sent();
        }

        foreach (double answer in answers)
        {
            log.Answered(TimeSpan.FromSeconds(answer));
        }

        return log.Measure("web", TimeSpan.FromSeconds(end));
    }
}
