namespace XenMigrate.Tests;

public sealed class PreCopyChoiceTests
{
    [Theory]
    [InlineData(null, false, false, false, false)]
    [InlineData(null, false, true, false, true)]
    [InlineData(null, true, true, true, false)]
    [InlineData(null, true, false, true, false)]
    [InlineData(OfflineFallback.Never, false, true, false, false)]
    [InlineData(OfflineFallback.Never, true, true, false, false)]
    [InlineData(OfflineFallback.Prompt, false, false, false, true)]
    [InlineData(OfflineFallback.Prompt, true, false, true, false)]
    [InlineData(OfflineFallback.Always, false, true, true, false)]
    public void What_becomes_of_a_busy_guest(OfflineFallback? given, bool force, bool interactive, bool goesOffline, bool asks)
    {
        PreCopyChoice choice = new(null, given, null, force);

        Assert.Equal((goesOffline, asks), (choice.ToOptions(interactive).OfflineFallback, choice.Asks(interactive)));
    }

    [Fact]
    public void Three_seconds_are_allowed_if_nothing_is_said() =>
        Assert.Equal(TimeSpan.FromSeconds(3), new PreCopyChoice(null, null, null, false).ToOptions(true).MaximumDowntime);

    [Fact]
    public void What_is_said_is_passed_on()
    {
        PreCopyOptions options = new PreCopyChoice(TimeSpan.FromMilliseconds(50), OfflineFallback.Always, 1 << 26, false).ToOptions(true);

        Assert.Equal("downtime=0.05,fallback=offline,bandwidth=67108864", options.ToString());
    }

    [Fact]
    public void A_hard_limit_is_passed_on_and_kept_where_nobody_is_asked()
    {
        PreCopyChoice choice = new(null, null, null, Force: true) { Enforce = true, Compression = StreamCompression.Zstd, Throttle = true };

        Assert.True(choice.IsGiven);
        Assert.Equal("downtime=3,fallback=abort,enforce=yes,compression=zstd,throttle=yes", choice.ToOptions(interactive: false).ToString());
        Assert.False(choice.Asks(interactive: false));
        Assert.True(choice.Asks(interactive: true));
    }

    [Fact]
    public void A_hard_limit_and_a_longer_pause_contradict_each_other() => Assert.Contains(
        "-EnforceDowntime forbids it", new PreCopyChoice(null, OfflineFallback.Always, null, false) { Enforce = true }.FindProblem(live: true), StringComparison.Ordinal);

    [Fact]
    public void For_a_move_that_is_not_live_there_is_nothing_to_say() =>
        Assert.All(
            [new PreCopyChoice(TimeSpan.FromSeconds(1), null, null, false), new(null, OfflineFallback.Never, null, false), new(null, null, 1, false),
                new(null, null, null, false) { Enforce = true }, new(null, null, null, false) { Compression = StreamCompression.ZeroPages },
                new(null, null, null, false) { Throttle = true }],
            choice =>
            {
                Assert.Null(choice.FindProblem(live: true));
                Assert.Contains("only work with -Live", choice.FindProblem(live: false), StringComparison.Ordinal);
            });

    [Fact]
    public void No_pause_at_all_can_not_be_asked_for() =>
        Assert.Contains("more than 0 s", new PreCopyChoice(TimeSpan.Zero, null, null, false).FindProblem(live: true), StringComparison.Ordinal);

    [Fact]
    public void The_question_tells_the_predicted_pause()
    {
        MigrationResult result = new()
        {
            Name = "web",
            Source = "a",
            Destination = "b",
            Iteration = [new(3, 1, 1, TimeSpan.FromSeconds(1), 1, TimeSpan.FromSeconds(4.2), ConvergenceDecision.Abort, "")],
        };

        Assert.Equal(
            "web would stand still for about 4.2 s, and only 300 ms are allowed. Move it to b anyway?",
            PreCopyChoice.Question(result, new PreCopyOptions()));
    }
}
