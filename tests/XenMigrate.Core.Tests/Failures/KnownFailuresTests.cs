namespace XenMigrate.Tests;

public class KnownFailuresTests
{
    [Theory]
    [InlineData("name-does-not-resolve", "PortUnreachable")]
    [InlineData("no-route", "PortUnreachable")]
    [InlineData("unknown-host-key", "HostKeyUnknown")]
    [InlineData("memory-short", "InsufficientMemory")]
    [InlineData("name-clash", "NameCollision")]
    [InlineData("incoming-left-over", "NameCollision")]
    [InlineData("disk-missing", "DiskMissing")]
    [InlineData("bridge-missing", "BridgeMissing")]
    [InlineData("transport-killed", "TransportBroken")]
    [InlineData("receiver-killed", "TransportBroken")]
    [InlineData("no-such-guest", "GuestNotFound")]
    [InlineData("sender-killed", null)]
    public void A_real_failure_is_known_by_what_xl_wrote(string transcript, string? errorId) =>
        Assert.Equal(errorId, KnownFailures.In(Fixture.Lines($"failures/{transcript}.txt"))?.ErrorId);

    /// <summary>Each line of the input is a cause ("none" for none), a tab, and what a tool wrote.</summary>
    [Theory, Corpus("causes")]
    public void A_single_line_tells_its_cause(CorpusCase given)
    {
        string[] lines = given.Input.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> told = lines.Select(line => line.Split('\t', 2)[1]).Select(words => $"{Cause(words) ?? "none"}\t{words}");
        Assert.Equal(string.Join('\n', lines), string.Join('\n', told));
    }

    [Fact]
    public void Every_cause_is_told_by_a_line_of_the_corpus()
    {
        string[] lines = [.. CorpusCase.Of("causes").SelectMany(given => given.Input.Split('\n'))];
        Assert.True(lines.Length >= 150);
        Assert.Empty(KnownFailures.All.Where(cause => !lines.Any(cause.IsReportedBy)).Select(cause => cause.Advice("g", "a", "b", "b")));
    }

    [Fact]
    public void An_advice_has_nothing_left_to_fill_in() => Assert.All(
        KnownFailures.All,
        cause => Assert.DoesNotContain('{', cause.Advice("web", "a", "b", "10.0.0.8")));

    [Theory]
    [InlineData("connection refused")]
    [InlineData("revoked")]
    [InlineData("CPUID")]
    [InlineData("xl: nothing found")]
    public void A_guests_name_tells_nothing(string name) =>
        Assert.Null(Cause($"migration target ({name}): Domain creation failed (code -3)."));

    [Fact]
    public void A_good_move_shows_no_cause() =>
        Assert.Null(KnownFailures.In([.. Fixture.TimedLines("xl-vvv-migrate.timed.4.17.txt")
            .Select(timed => timed.Line).Where(XlMigrateLine.IsWorthKeeping)]));

    [Fact]
    public void The_first_cause_wins_whatever_the_order_of_the_lines() =>
        Assert.Equal("HostKeyUnknown", KnownFailures.In([.. Fixture.Lines("failures/unknown-host-key.txt").Reverse()])?.ErrorId);

    [Theory]
    [InlineData("Error: Connection reset by peer")]
    [InlineData("error: [Errno 32] Broken pipe")]
    public void A_stream_of_xend_that_broke_gets_no_advice_about_ssh(string line)
    {
        FailureCause cause = KnownFailures.In([line], ofXend: true)!;

        Assert.Equal("TransportBroken", cause.ErrorId);
        Assert.DoesNotContain("sshd", cause.Advice("web", "a", "b", "b"));
        Assert.Contains("xend.log", cause.Advice("web", "a", "b", "b"));
    }

    private static string? Cause(string line) => KnownFailures.In([line])?.ErrorId;
}
