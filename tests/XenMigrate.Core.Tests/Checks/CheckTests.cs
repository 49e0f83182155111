namespace XenMigrate.Tests;

/// <summary>Each check: what fails it, with the error id of a move that fails so, and what leaves it open.</summary>
public class CheckTests
{
    private static readonly Moving s_live = new(Live: true);

    [Fact]
    public void Two_hosts_that_fit_pass_every_check() => Assert.All(
        Examine(Facts.Good, Facts.Guest),
        result => Assert.True(result.Status == (result.Category == CheckCategory.Relocation || result.Id is "XM-MEM-02" or "XM-CON-04" ? CheckStatus.Skipped : CheckStatus.Passed), result.ToString()));

    [Fact]
    public void Two_hosts_of_xends_that_fit_pass_every_check_but_those_of_ssh() => Assert.All(
        Examine(Facts.Xend(), Facts.Guest with { Toolstack = ToolstackKind.Xend }),
        result => Assert.True(result.Status == (result.Id is "XM-CON-02" or "XM-CON-03" or "XM-CON-04" or "XM-DEV-02" ? CheckStatus.Skipped : CheckStatus.Passed), result.ToString()));

    [Fact]
    public void Of_a_guest_that_would_move_to_its_own_host_that_alone_is_said()
    {
        PairFacts same = Facts.Good with { Destination = Facts.Good.Source };

        CheckResult[] results = [.. Examine(same, Facts.Guest)];

        CheckResult session = Assert.Single(results, result => result.Id == "XM-CON-01");
        Assert.Equal(("SameHost", "a is both source and destination."), (session.ErrorId, session.Message));
        Assert.All(results.Where(result => result.Guest is not null), result => Assert.Equal(CheckStatus.Skipped, result.Status));
    }

    [Fact]
    public void Where_no_boot_can_be_read_the_identity_tells_one_machine_under_two_names()
    {
        HostIdentity identity = new("i", "h", "k");
        HostFacts Named(HostFacts host) => host with { BootId = Facts.NotKnown<string>(host.Host), Identity = identity };
        PairFacts same = Facts.Good with { Source = Named(Facts.Good.Source), Destination = Named(Facts.Good.Destination) };

        Assert.Equal("SameHost", Examine(same, Facts.Guest).Single(result => result.Id == "XM-CON-01").ErrorId);
        Assert.Null(Examine(same with { Destination = same.Destination with { Identity = HostIdentity.Unknown } }, Facts.Guest)
            .Single(result => result.Id == "XM-CON-01").ErrorId);
    }

    [Fact]
    public void But_all_is_said_if_that_it_is_its_own_host_is_left_out()
    {
        PairFacts same = Facts.Good with { Destination = Facts.Good.Source with { Guests = Facts.Known<IReadOnlyList<Guest>>("a", [Facts.Guest]) } };
        CheckSelection selection = CheckSelection.AllBut(["XM-CON-01"]);

        Assert.Contains(CheckRunner.Examine(same, Facts.Guest, s_live, selection), result => result is { Id: "XM-NAM-01", Status: CheckStatus.Failed });
    }

    [Fact]
    public void Every_check_passes_somewhere()
    {
        (PairFacts Pair, ToolstackKind Toolstack)[] pairs =
        [
            (Facts.Good, ToolstackKind.Xl),
            (Facts.Xend(), ToolstackKind.Xend),
            (Facts.Libvirt("10.77.0.8"), ToolstackKind.Libvirt),
        ];
        string[] passed =
        [
            .. pairs.SelectMany(of => Examine(of.Pair, Facts.Guest with { Toolstack = of.Toolstack })).Where(result => result.Status == CheckStatus.Passed).Select(result => result.Id),
        ];

        Assert.All(AllChecks.InOrder, check => Assert.Contains(check.Id, passed));
    }

    [Fact]
    public void Every_check_is_shown_here_with_a_fault_or_a_risk_and_with_an_open_question()
    {
        string[] told = [.. CheckCases.Failures.Concat<object[]>(CheckCases.Warnings).Select(row => (string)row[0])];
        string[] open = [.. CheckCases.OpenQuestions.Select(row => (string)row[0]), "XM-CON-01"];

        Assert.All(AllChecks.InOrder, check => Assert.Contains(check.Id, told));
        // Of a host that can not be asked, XM-CON-01 says just that.
        Assert.All(AllChecks.InOrder, check => Assert.Contains(check.Id, open));
    }

    [Theory]
    [MemberData(nameof(CheckCases.Failures), MemberType = typeof(CheckCases))]
    public void A_fault_fails_its_check_and_says_where_and_what_to_do(string id, string errorId, string host, CheckCases.Given given)
    {
        CheckResult result = Single(id, given.Facts, given.Guest);

        Assert.Equal((CheckStatus.Failed, errorId), (result.Status, result.ErrorId));
        Assert.Contains(host, result.Message, StringComparison.Ordinal);
        Assert.NotNull(result.Expected);
        Assert.NotNull(result.Actual);
        Assert.False(string.IsNullOrWhiteSpace(result.Remediation));
    }

    [Theory]
    [MemberData(nameof(CheckCases.Failures), MemberType = typeof(CheckCases))]
    public void A_fault_fails_no_check_that_passed_for_another_reason(string id, string errorId, string host, CheckCases.Given given)
    {
        _ = (errorId, host);
        IEnumerable<string> failed = Examine(given.Facts, given.Guest)
            .Where(result => result.Status == CheckStatus.Failed).Select(result => result.Id);

        // A Xen that reads older streams only is an older Xen as well.
        Assert.Equal([id], failed.Where(other => other != "XM-VER-02" || id != "XM-VER-03"));
    }

    [Theory]
    [MemberData(nameof(CheckCases.Warnings), MemberType = typeof(CheckCases))]
    public void What_is_risky_is_a_warning_that_says_where_and_what_to_do(string id, string host, CheckCases.Given given)
    {
        CheckResult result = Single(id, given.Facts, given.Guest);

        Assert.Equal(CheckStatus.Warning, result.Status);
        Assert.Contains(host, result.Message, StringComparison.Ordinal);
        Assert.NotNull(result.Expected);
        Assert.NotNull(result.Actual);
        Assert.Contains(host, result.Remediation, StringComparison.Ordinal);
        Assert.NotNull(result.Evidence);
    }

    [Theory]
    [MemberData(nameof(CheckCases.OpenQuestions), MemberType = typeof(CheckCases))]
    public void A_question_that_stays_open_is_unknown_and_names_host_and_reason(string id, string host, CheckCases.Given given)
    {
        CheckResult result = Single(id, given.Facts, given.Guest);

        Assert.Equal(CheckStatus.Unknown, result.Status);
        Assert.Null(result.ErrorId);
        Assert.Contains(host, result.Message, StringComparison.Ordinal);
        Assert.Contains("no route", result.Message, StringComparison.Ordinal);
        Assert.Contains(host, result.Remediation, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_check_has_a_failure_or_a_warning_here() => Assert.Equal(
        AllChecks.InOrder.Select(check => check.Id).Order(),
        ((IEnumerable<object[]>)CheckCases.Failures).Concat(CheckCases.Warnings).Select(row => (string)row[0]).Distinct().Order());

    private static CheckResult Single(string id, PairFacts facts, Guest guest) =>
        Assert.Single(Examine(facts, guest), result => result.Id == id);

    private static IEnumerable<CheckResult> Examine(PairFacts facts, Guest guest) =>
        CheckRunner.Examine(facts, s_live, CheckSelection.Everything)
            .Concat(CheckRunner.Examine(facts, guest, s_live, CheckSelection.Everything));
}
