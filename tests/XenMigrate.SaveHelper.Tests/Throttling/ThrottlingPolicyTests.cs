namespace XenMigrate.Tests.Throttling;

public class ThrottlingPolicyTests
{
    private static readonly ConvergenceLimits s_limits = new()
    {
        MaximumDowntime = TimeSpan.FromMilliseconds(300),
        MemoryBytes = 128L << 20,
        TimeLimit = TimeSpan.FromMinutes(10),
    };

    [Fact]
    public void A_guest_that_converges_is_never_throttled()
    {
        ThrottlingVerdict verdict = new ThrottlingPolicy(ThrottlingPolicy.Steps).Decide(s_limits, Round(pending: 10));

        Assert.Equal(ConvergenceDecision.StopAndCopy, verdict.Verdict.Decision);
        Assert.Null(verdict.ShareOfProcessors);
    }

    [Fact]
    public void One_that_does_not_is_given_less_and_less_time_and_given_up_at_last()
    {
        ThrottlingPolicy policy = new(ThrottlingPolicy.Steps);

        List<ThrottlingVerdict> verdicts = [];
        do
        {
            verdicts.Add(policy.Decide(s_limits, Round(pending: 20_000)));
        }
        while (verdicts[^1].Verdict.Decision == ConvergenceDecision.Continue);

        Assert.Equal([50, 20], verdicts.Select(verdict => verdict.ShareOfProcessors).OfType<int>());
        Assert.Equal(ConvergenceDecision.Abort, verdicts[^1].Verdict.Decision);
    }

    [Fact]
    public void It_is_told_what_would_be_right_if_the_guest_can_not_be_throttled()
    {
        ThrottlingPolicy policy = new(ThrottlingPolicy.Steps);
        ThrottlingVerdict verdict = policy.Decide(s_limits, Round(pending: 20_000));
        while (verdict.ShareOfProcessors is null)
        {
            verdict = policy.Decide(s_limits, Round(pending: 20_000));
        }

        Assert.Equal(ConvergenceDecision.Continue, verdict.Verdict.Decision);
        Assert.Equal(ConvergenceDecision.Abort, verdict.Unthrottled.Decision);
        Assert.Contains("50 %", verdict.Verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Throttled_it_may_converge()
    {
        ThrottlingPolicy policy = new(ThrottlingPolicy.Steps);
        while (policy.Decide(s_limits, Round(pending: 20_000)).ShareOfProcessors is null)
        {
        }

        Assert.Equal(ConvergenceDecision.Continue, policy.Decide(s_limits, Round(pending: 5_000)).Verdict.Decision);
        Assert.Equal(ConvergenceDecision.StopAndCopy, policy.Decide(s_limits, Round(pending: 10)).Verdict.Decision);
    }

    [Fact]
    public void When_the_time_is_up_nothing_is_tried_any_more()
    {
        ThrottlingVerdict verdict = new ThrottlingPolicy(ThrottlingPolicy.Steps).Decide(
            s_limits, Round(pending: 20_000) with { Elapsed = TimeSpan.FromMinutes(11) });

        Assert.Equal(ConvergenceDecision.Abort, verdict.Verdict.Decision);
        Assert.Null(verdict.ShareOfProcessors);
    }

    private static ConvergenceRound Round(long pending) =>
        new(20L << 20, TimeSpan.FromSeconds(2), pending, TimeSpan.FromSeconds(20), TimeSpan.Zero);
}
