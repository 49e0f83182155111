namespace XenMigrate.Tests.Commands;

public sealed class TestMigrationEnvironmentCommandTests : IDisposable
{
    private const string Version = "-Check XM-VER-02";

    private readonly FakeHost _a = new FakeHost("a").With("web 3 -b----", "db 4 -b----");
    private readonly FakeHost[] _others = [new("b"), new("c")];
    private readonly TestRunspace _runspace;

    public TestMigrationEnvironmentCommandTests() => _runspace = new TestRunspace(new FakeNetwork([_a, .. _others]));

    [Fact]
    public void Verbose_tells_the_look_for_the_guest_once()
    {
        string[] verbose = [.. _runspace.Run("Test-MigrationEnvironment a b -Name web -Verbose").Verbose];

        _ = Assert.Single(verbose, line => line.StartsWith("a: xl list; xl list -l (", StringComparison.Ordinal));
    }

    [Fact]
    public void One_destination_gives_results_and_several_give_a_line_for_each_guest_and_destination()
    {
        Written one = _runspace.Run($"Test-MigrationEnvironment a b -Name web {Version}");
        Written several = _runspace.Run($"Test-MigrationEnvironment a b, c -Name web, db {Version}");

        Assert.IsType<CheckResult>(Assert.Single(one.Output));
        Assert.Equal(
            [("web", "b"), ("web", "c"), ("db", "b"), ("db", "c")],
            several.Output.Cast<MigrationReport>().Select(report => (Assert.Single(report.Guest), report.Destination)).OrderBy(pair => pair.Item1 == "db"));
        Assert.Empty(one.Errors.Concat(several.Errors));
    }

    [Fact]
    public void Several_destinations_without_guests_give_results() =>
        Assert.Equal(["b", "c"], Run($"Test-MigrationEnvironment a b, c {Version}").Output.Cast<CheckResult>().Select(result => result.Destination));

    [Theory]
    [InlineData("zz*", "No connected host has a name that matches zz*.")]
    [InlineData("[bc]", "Several connected hosts have names that match [bc]: b, c.")]
    public void A_pattern_that_means_not_one_host_is_told_with_what_matches(string pattern, string message) =>
        Assert.Equal(message, Assert.Single(_runspace.Run($"$null = Connect-MigrationHost b, c; Test-MigrationEnvironment {pattern} a").Errors).Exception.Message);

    [Fact]
    public void Verbose_tells_a_long_script_by_its_beginning() => Assert.All(
        _runspace.Run($"Test-MigrationEnvironment a b -Name web -Verbose").Verbose.SelectMany(line => line.Split("; ")),
        command => Assert.InRange(command.Length, 1, 300));

    [Fact]
    public void The_source_is_asked_once_for_all_destinations()
    {
        _ = Run("Connect-MigrationHost a, b, c");
        _a.Ran.Clear();

        _ = Run("Test-MigrationEnvironment a b, c");

        Assert.Equal(1, _a.Ran.Count(command => command == "xl info"));
    }

    [Theory]
    [InlineData("'b', 'c' | Test-MigrationEnvironment a")]
    [InlineData("Connect-MigrationHost b, c | Test-MigrationEnvironment a")]
    [InlineData("Test-MigrationEnvironment a b, c, B, c")]
    public void Destinations_come_by_the_pipeline_too_and_none_twice(string script) => Assert.Equal(
        ["b", "c"], Run($"{script} {Version}").Output.OfType<CheckResult>().Select(result => result.Destination).Order());

    [Fact]
    public void Guests_come_by_the_pipeline() => Assert.Equal(
        ["db", "web"],
        Run($"Get-Guest -ComputerName a | Test-MigrationEnvironment a b -AsReport {Version}").Output.Cast<MigrationReport>().Single().Guest.Order());

    [Fact]
    public void A_guest_is_not_taken_for_a_destination() =>
        Assert.NotEmpty(_runspace.Run($"Get-Guest -ComputerName a | Test-MigrationEnvironment a {Version}").Errors);

    [Theory]
    [InlineData("-Check XM-VER-*, xm-con-01", "XM-CON-01,XM-VER-01,XM-VER-02")]
    [InlineData("-Category Connection, Version -Check *-01", "XM-CON-01,XM-VER-01")]
    public void Only_the_checks_that_are_asked_for_are_made(string parameters, string ids) => Assert.Equal(
        ids,
        string.Join(",", Run($"Test-MigrationEnvironment a b {parameters}").Output.Cast<CheckResult>().Select(result => result.Id).Intersect(ids.Split(','))));

    [Fact]
    public void A_check_that_is_left_out_is_shown_as_skipped()
    {
        CheckResult[] results = [.. Run("Test-MigrationEnvironment a b -Category Version -ExcludeCheck XM-VER-02").Output.Cast<CheckResult>()];

        Assert.Equal(CheckStatus.Passed, results.Single(result => result.Id == "XM-VER-01").Status);
        Assert.Equal(CheckStatus.Skipped, results.Single(result => result.Id == "XM-VER-02").Status);
    }

    [Theory]
    [InlineData("-Check XM-VER-99")]
    [InlineData("-ExcludeCheck nonsense")]
    [InlineData("-Category Memory -Check XM-VER-01")]
    [InlineData("-Category None")]
    public void A_check_that_is_none_is_an_error(string parameters)
    {
        Written written = _runspace.Run($"Test-MigrationEnvironment a b {parameters}");

        Assert.Equal(["CheckNotFound"], written.ErrorIds);
        Assert.Empty(written.Output);
    }

    [Fact]
    public void Both_ways_are_told_apart_by_source_and_destination() => Assert.Equal(
        [("a", "b"), ("b", "a")],
        Run($"Test-MigrationEnvironment a b -Bidirectional {Version}").Output.Cast<CheckResult>().Select(result => (result.Source, result.Destination)));

    [Fact]
    public void What_passed_or_was_skipped_can_be_hidden()
    {
        Assert.Empty(Run($"Test-MigrationEnvironment a b -OnlyProblem {Version}").Output);
        Assert.Equal("XM-CON-01", Assert.IsType<CheckResult>(Assert.Single(
            Run($"Test-MigrationEnvironment a nowhere -OnlyProblem -Check XM-CON-01, XM-REL-01 -ExcludeCheck XM-REL-01").Output)).Id);
    }

    [Fact]
    public void A_report_for_each_destination_knows_whether_it_is_ready()
    {
        MigrationReport[] reports = [.. Run("Test-MigrationEnvironment a nowhere, b -AsReport -Check XM-CON-01").Output.Cast<MigrationReport>()];

        // All the fake hosts are one machine, so none is ready; the one that answers is known at least.
        Assert.Equal(["b", "nowhere"], reports.Select(report => report.Destination).Order());
        Assert.All(reports, report => Assert.Equal("XM-CON-01", report.Problem!.Id));
        Assert.Equal(1024, reports.Single(report => report.Destination == "b").FreeMemoryMB);
    }

    [Theory]
    [InlineData("Test-MigrationEnvironment a b, c -Quiet", true)]
    [InlineData("Test-MigrationEnvironment a b, nowhere -Quiet", false)]
    [InlineData("Test-MigrationEnvironment a b -Name web -Quiet", true)]
    [InlineData("@() | Test-MigrationEnvironment a -Quiet", false)]
    [InlineData("Get-Guest x* -ComputerName a | Test-MigrationEnvironment a b -Quiet", false)]
    public void One_answer_is_for_all_of_it(string script, bool answer) =>
        Assert.Equal([answer], Run($"{script} -Check XM-VER-02").Output);

    [Fact]
    public void The_way_is_tried_by_the_address_that_the_source_knows()
    {
        _ = Run("Test-MigrationEnvironment a b -MigrationAddress 10.0.0.2");

        Assert.Contains(_a.Ran, command => command.StartsWith("ssh ", StringComparison.Ordinal) && command.Contains(" 10.0.0.2 ", StringComparison.Ordinal));
        Assert.Contains("one destination", Assert.Single(_runspace.Run("Test-MigrationEnvironment a b, c -MigrationAddress 10.0.0.2").Errors).ToString());
    }

    [Fact]
    public void A_tolerance_below_nothing_is_an_error() =>
        Assert.Contains("-ClockTolerance", Assert.Single(_runspace.Run("Test-MigrationEnvironment a b -ClockTolerance -1").Errors).ToString());

    public void Dispose() => _runspace.Dispose();

    private Written Run(string script)
    {
        Written written = _runspace.Run(script);
        Assert.Empty(written.Errors);
        return written;
    }
}
