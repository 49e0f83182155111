using Check = XenMigrate.Checks.Check;

namespace XenMigrate.Tests;

public class AllChecksTests
{
    public static TheoryData<string> Ids => [.. AllChecks.InOrder.Select(check => check.Id)];

    [Fact]
    public void Every_check_is_in_the_list() => Assert.Equal(
        typeof(Check).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Check)) && !type.IsAbstract).OrderBy(type => type.Name),
        AllChecks.InOrder.Select(check => check.GetType()).OrderBy(type => type.Name));

    [Fact]
    public void No_two_checks_have_one_id_or_name()
    {
        Assert.Distinct(AllChecks.InOrder.Select(check => check.Id));
        Assert.Distinct(AllChecks.InOrder.Select(check => check.Name));
    }

    [Fact]
    public void Every_check_has_an_id_of_its_kind_and_one_category() => Assert.All(AllChecks.InOrder, check =>
    {
        Assert.Matches("^XM-[A-Z]{2,3}-[0-9]{2}$", check.Id);
        Assert.NotEqual(CheckCategory.None, check.Category);
        Assert.DoesNotContain(',', check.Category.ToString());
        Assert.NotEmpty(check.ErrorId);
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_check_passes_when_nobody_could_be_asked(string id)
    {
        PairFacts silent = new(HostFacts.Unreachable("a", "no route"), HostFacts.Unreachable("b", "no route"), "b", Facts.NotKnown<SshProbe>("a"))
        {
            Tokens = Facts.Tokens(new TokenRoundTrip(
                "/images", [new("a", "b", new("/images/.x", "word"), Facts.NotKnown<CommandResult>("a"), Facts.NotKnown<CommandResult>("b"))])),
        };

        // A raw image needs no look, and xend alone makes shadow page tables for every move.
        Guest guest = Facts.Guest with
        {
            Disk = [Facts.Guest.Disk[0] with { Format = "qcow2" }],
            Toolstack = id == "XM-MEM-02" ? ToolstackKind.Xend : ToolstackKind.Xl,
        };
        CheckSelection only = CheckSelection.Of([id], null, []);
        Moving moving = new(Live: true) { Settings = new CheckSettings { IncludeWriteTest = true } };

        CheckResult result = CheckRunner.Examine(silent, moving, only).Concat(CheckRunner.Examine(silent, guest, moving, only)).Single();

        // That there is no session is what is known.
        Assert.True(result.Status == (id == "XM-CON-01" ? CheckStatus.Failed : CheckStatus.Unknown), result.ToString());
        Assert.False(string.IsNullOrEmpty(result.Remediation));
    }

    [Theory]
    [InlineData("XM-NET-01", 1)]
    [InlineData("xm-net-01", 1)]
    [InlineData("XM-STO*", 7)]
    [InlineData("Storage", 7)]
    [InlineData("stor*", 7)]
    [InlineData("XM-G?T-0?", 2)]
    [InlineData("*-STO-*", 7)]
    [InlineData("STO", 0)]
    [InlineData("", 0)]
    public void A_pattern_names_checks_by_id_or_category(string pattern, int count) =>
        Assert.Equal(count, AllChecks.InOrder.Count(check => CheckSelection.Matches(check, pattern)));

    [Fact]
    public void A_star_names_every_check() => Assert.All(AllChecks.InOrder, check => Assert.True(CheckSelection.Matches(check, "*")));

    [Fact]
    public void A_check_that_is_left_out_is_shown_as_skipped_and_never_examined()
    {
        PairFacts facts = Facts.AtDestination(host => host with { Disks = null! });

        CheckResult[] results = [.. CheckRunner.Examine(facts, Facts.Guest, new Moving(true), CheckSelection.AllBut(["Storage"]))];

        Assert.Equal(
            ["XM-STO-01", "XM-STO-02", "XM-STO-03", "XM-STO-04", "XM-STO-05", "XM-STO-06", "XM-STO-07"],
            results.Where(result => result is { Status: CheckStatus.Skipped, Category: CheckCategory.Storage }).Select(result => result.Id));
    }

    [Theory]
    [InlineData("XM-NET-01", null, "", "XM-NET-01")]
    [InlineData("XM-STO-0[12],xm-net-01", null, "", null)]
    [InlineData("xm-sto-01,XM-NET-01", null, "", "XM-NET-01,XM-STO-01")]
    [InlineData("*-01", CheckCategory.Network | CheckCategory.Memory, "", "XM-MEM-01,XM-NET-01")]
    [InlineData("XM-NET-01,XM-MEM-01", null, "Memory", "XM-MEM-01,XM-NET-01")]
    [InlineData("XM-NET-01", CheckCategory.Memory, "", null)]
    [InlineData("", CheckCategory.None, "", null)]
    public void Only_what_is_asked_for_is_checked(string only, CheckCategory? category, string skip, string? expected)
    {
        string[] Words(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

        if (expected is null)
        {
            _ = Assert.Throws<CheckNotFoundException>(() => CheckSelection.Of(Words(only), category, Words(skip)));
            return;
        }

        CheckSelection selection = CheckSelection.Of(Words(only), category, Words(skip));
        Check[] included = [.. AllChecks.InOrder.Where(check => selection.Includes(check))];
        Assert.Equal(expected, string.Join(",", included.Select(check => check.Id)));
        Assert.All(included, check => Assert.Equal(skip.Length > 0 && check.Category == CheckCategory.Memory, selection.Skips(check)));
    }

    [Fact]
    public void A_pattern_that_names_no_check_is_an_error() =>
        Assert.Throws<CheckNotFoundException>(() => CheckSelection.AllBut(["Storage", "XM-STO-99"]));

    [Theory]
    [InlineData(CheckStatus.Failed, CheckSeverity.Error, false)]
    [InlineData(CheckStatus.Unknown, CheckSeverity.Error, false)]
    [InlineData(CheckStatus.Failed, CheckSeverity.Warning, true)]
    [InlineData(CheckStatus.Unknown, CheckSeverity.Information, true)]
    [InlineData(CheckStatus.Warning, CheckSeverity.Error, true)]
    [InlineData(CheckStatus.Skipped, CheckSeverity.Error, true)]
    public void What_failed_or_stayed_open_blocks_if_it_matters(CheckStatus status, CheckSeverity severity, bool ready)
    {
        MigrationReport report = new()
        {
            Source = "a",
            Destination = "b",
            CheckResult =
            [
                new() { Id = "X", Name = "x", Source = "a", Destination = "b", Message = "", Status = CheckStatus.Passed },
                new() { Id = "Y", Name = "y", Source = "a", Destination = "b", Message = "", Status = status, Severity = severity },
            ],
        };

        Assert.Equal(ready, report.IsReady);
        Assert.Equal(status == CheckStatus.Skipped ? CheckStatus.Passed : status, report.Status);
    }
}
