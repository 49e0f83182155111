namespace XenMigrate.Tests;

/// <summary>What the checks of xend's relocation make of more than one fact.</summary>
public class RelocationCheckTests
{
    [Theory]
    [InlineData(@"^a\\.example\\.com$ ^10\\.77\\.0\\.7$", CheckStatus.Passed)]
    [InlineData(@"^a\\.example\\.com$", CheckStatus.Warning)]
    // xend looks for the address, too.
    [InlineData(@"^10\\.77\\.0\\.7$", CheckStatus.Passed)]
    [InlineData(@"^10\\.77\\.0\\.8$", CheckStatus.Failed)]
    [InlineData(@"^x$  ^y$", CheckStatus.Passed)]
    public void Whether_the_source_is_admitted_depends_on_every_name_it_has(string value, CheckStatus status)
    {
        CheckResult result = Result("XM-REL-04", Facts.Xend($"(xend-relocation-server yes) (xend-relocation-hosts-allow '{value}')"));

        Assert.True(result.Status == status, result.ToString());
    }

    [Fact]
    public void A_source_that_is_not_admitted_comes_with_the_pattern_to_add()
    {
        CheckResult result = Result("XM-REL-04", Facts.Xend("(xend-relocation-server yes) (xend-relocation-hosts-allow '^x$')"));

        Assert.Contains(@"^10\\.77\\.0\\.7$", result.Remediation, StringComparison.Ordinal);
        Assert.Contains("service xend restart", result.Remediation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(127, "sh: nc: command not found")]
    [InlineData(2, "Ncat: nc: invalid option -- 'z'")]
    public void A_source_without_an_nc_that_can_try_leaves_it_open(int exitCode, string error)
    {
        CheckResult result = Result("XM-REL-03", Facts.Xend(exitCode: exitCode, error: error));

        Assert.Equal(CheckStatus.Unknown, result.Status);
        Assert.Contains("telnet b 8002", result.Remediation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_destination_without_lsof_is_believed_if_it_answers()
    {
        PairFacts pair = Facts.Xend();
        PairFacts blind = pair with
        {
            Destination = pair.Destination with
            {
                Relocation = pair.Destination.Relocation! with { Listeners = Facts.NotKnown<IReadOnlyList<Listener>>("b") },
            },
        };

        Assert.Equal(CheckStatus.Passed, Result("XM-REL-02", blind).Status);
        Assert.Equal(
            CheckStatus.Unknown,
            Result("XM-REL-02", blind with { Probe = Facts.Known("a", new RelocationProbe(8002, 1, "refused")) }).Status);
    }

    [Theory]
    [InlineData("XM-REL-02", "", 0, "*:8002")]
    [InlineData("XM-REL-03", "", 1, "*:8002")]
    [InlineData("XM-REL-03", "(xend-relocation-server yes)", 1, "*:22")]
    public void What_another_check_has_to_say_is_said_once(string id, string configuration, int exitCode, string listens) =>
        Assert.Equal(CheckStatus.Skipped, Result(id, Facts.Xend(configuration, exitCode: exitCode, listens: listens)).Status);

    [Theory]
    [InlineData("", CheckStatus.Warning, CheckStatus.Skipped)]
    [InlineData("^x$ ", CheckStatus.Warning, CheckStatus.Warning)]
    [InlineData(".*", CheckStatus.Warning, CheckStatus.Warning)]
    [InlineData(@"^10\\.77\\.0\\.7$", CheckStatus.Passed, CheckStatus.Passed)]
    [InlineData(@"^a\\.example\\.com$", CheckStatus.Passed, CheckStatus.Passed)]
    [InlineData(@"^10\\.77\\.0\\.7", CheckStatus.Passed, CheckStatus.Warning)]
    [InlineData("^(", CheckStatus.Passed, CheckStatus.Warning)]
    public void Who_is_let_in_and_what_the_patterns_mean_are_two_questions(string value, CheckStatus closed, CheckStatus patterns)
    {
        PairFacts pair = Facts.Xend($"(xend-relocation-server yes) (xend-relocation-hosts-allow '{value}')");

        Assert.Equal((closed, patterns), (Result("XM-REL-05", pair).Status, Result("XM-REL-06", pair).Status));
    }

    [Fact]
    public void The_advice_for_an_open_host_lets_the_source_in() =>
        Assert.Contains(
            @"such as '^10\\.77\\.0\\.7$' for a, to", Result("XM-REL-05", Facts.Xend("(xend-relocation-server yes)")).Remediation, StringComparison.Ordinal);

    [Fact]
    public void A_host_that_takes_no_guests_is_open_to_nobody() =>
        Assert.Equal(CheckStatus.Skipped, Result("XM-REL-05", Facts.Xend("(xend-relocation-server no)")).Status);

    [Theory]
    [InlineData("(xend-relocation-ssl no)", "", "3.4", "*:8002", CheckStatus.Passed)]
    [InlineData("(xend-relocation-ssl yes)", "", "3.4", "*:8002", CheckStatus.Failed)]
    [InlineData("(xend-relocation-ssl yes)", "", "3.1", "*:8002", CheckStatus.Passed)]
    [InlineData("(xend-relocation-ssl yes)", "(xend-relocation-ssl-server yes)", "3.4", "*:8003", CheckStatus.Passed)]
    [InlineData("(xend-relocation-ssl yes)", "(xend-relocation-ssl-server yes)", "3.4", "127.0.0.1:8003", CheckStatus.Failed)]
    public void Tls_is_needed_where_the_source_sends_by_it(string here, string there, string version, string listens, CheckStatus status)
    {
        PairFacts pair = Facts.Xend(Facts.Closed + there, here, listens: listens);
        pair = pair with { Source = pair.Source with { Xen = Facts.Known("a", Facts.Xen(version)) } };

        CheckResult result = Result("XM-REL-07", pair);

        Assert.True(result.Status == status, result.ToString());
    }

    [Fact]
    public void Whether_anybody_listens_for_tls_stays_open_without_lsof()
    {
        PairFacts pair = Facts.Xend(Facts.Closed + "(xend-relocation-ssl-server yes)", "(xend-relocation-ssl yes)");
        RelocationFacts there = pair.Destination.Relocation! with { Listeners = Facts.NotKnown<IReadOnlyList<Listener>>("b") };

        Assert.Equal(
            CheckStatus.Unknown, Result("XM-REL-07", pair with { Destination = pair.Destination with { Relocation = there } }).Status);
    }

    [Theory]
    [InlineData("XM-REL-01")]
    [InlineData("XM-REL-02")]
    [InlineData("XM-REL-03")]
    [InlineData("XM-REL-04")]
    [InlineData("XM-REL-05")]
    [InlineData("XM-REL-06")]
    [InlineData("XM-REL-07")]
    public void Hosts_that_nobody_could_ask_leave_it_open(string id)
    {
        PairFacts silent = new(HostFacts.Unreachable("a", "no route"), HostFacts.Unreachable("b", "no route"), "b", Facts.NotKnown<SshProbe>("a"));

        Assert.Equal(CheckStatus.Unknown, Result(id, silent).Status);
    }

    [Fact]
    public void Xen_of_xends_time_can_always_log_written_pages()
    {
        CheckResult result = Assert.Single(
            CheckRunner.Examine(
                Facts.AtSource(host => host with { Xen = Facts.Known("a", Facts.Xen("3.1", 735, "xen-3.0-x86_64")) }),
                Facts.Guest,
                new Moving(true),
                CheckSelection.Everything),
            result => result.Id == "XM-GST-02");

        Assert.Equal(CheckStatus.Passed, result.Status);
    }

    [Theory]
    [InlineData("(dom0-min-mem 0)", CheckStatus.Failed)]
    [InlineData("(dom0-min-mem 200)", CheckStatus.Warning)]
    [InlineData("(dom0-min-mem 500)", CheckStatus.Failed)]
    [InlineData("(dom0-min-mem 200) (enable-dom0-ballooning yes)", CheckStatus.Warning)]
    [InlineData("(dom0-min-mem 200) (enable-dom0-ballooning no)", CheckStatus.Failed)]
    public void Domain_0_gives_its_memory_down_to_the_least_that_xend_leaves_it(string settings, CheckStatus status)
    {
        PairFacts pair = Facts.Xend($"(xend-relocation-server yes) {settings}");
        pair = pair with
        {
            Destination = pair.Destination with
            {
                Xen = Facts.Known("b", Facts.Xen("3.1", freeMB: 1)),
                Guests = Facts.Known<IReadOnlyList<Guest>>("b", [A.Guest("Domain-0", id: 0) with { MemoryMB = 512 }]),
            },
        };

        CheckResult result = Assert.Single(
            CheckRunner.Examine(pair, Facts.Guest with { MemoryMB = 128 }, new Moving(Live: true), CheckSelection.Everything),
            result => result.Id == "XM-MEM-01");

        Assert.True(result.Status == status, result.ToString());
    }

    private static CheckResult Result(string id, PairFacts pair) => Assert.Single(
        CheckRunner.Examine(pair, new Moving(Live: true), CheckSelection.Everything), result => result.Id == id);
}
