namespace XenMigrate.Tests.Commands;

public sealed class MoveGuestReportTests : IDisposable
{
    private readonly FakeHost _a = new FakeHost("a").With("web 3 -b----");
    private readonly FakeNetwork _network;
    private readonly TestRunspace _runspace;

    public MoveGuestReportTests()
    {
        _network = new FakeNetwork(_a, new("b"), new("c"));
        _runspace = new TestRunspace(_network);
    }

    [Fact]
    public void A_fresh_report_that_says_no_is_refused_without_a_question_to_any_host()
    {
        Written written = _runspace.Run($"{Report("b", "[DateTimeOffset]::UtcNow", "Failed")} | Move-Guest -Live");

        Assert.Equal(["PreflightFailed"], written.ErrorIds);
        Assert.IsType<MigrationReport>(written.Errors[0].TargetObject);
        MigrationResult result = Assert.IsType<MigrationResult>(Assert.Single(written.Output));
        Assert.Equal((MigrationOutcome.Refused, "a", "BridgeMissing"), (result.Outcome, result.ComputerName, result.ErrorId));
        Assert.Contains("[XM-NET-01] none Make it.", result.Message);
        Assert.Empty(_network.Connections);
    }

    [Theory]
    // What it says may have been mended since, or have broken.
    [InlineData("[DateTimeOffset]::UtcNow.AddMinutes(-11)", "Failed")]
    [InlineData("[DateTimeOffset]::UtcNow.AddMinutes(-11)", "Passed")]
    [InlineData("[DateTimeOffset]::UtcNow", "Passed")]
    public void What_is_moved_is_checked_as_it_is_now(string generatedAt, string status)
    {
        Written written = _runspace.Run($"{Report("b", generatedAt, status)} | Move-Guest -Live");

        MigrationResult result = Assert.IsType<MigrationResult>(Assert.Single(written.Output));
        Assert.Equal((MigrationOutcome.Refused, "b"), (result.Outcome, result.Destination));
        // The fake hosts are one machine.
        Assert.Contains("SameHost", result.Check.Select(check => check.ErrorId));
        Assert.Contains("xl info", _a.Ran);
    }

    [Theory]
    [InlineData("", "10.77.0.7")]
    [InlineData("-MigrationAddress b-storage", "b-storage")]
    public void The_move_goes_the_way_that_the_report_looked_at(string parameter, string address)
    {
        string report = Report("b", "[DateTimeOffset]::UtcNow", "Passed").Replace("Destination = 'b'; Guest", "Destination = 'b'; MigrationAddress = '10.77.0.7'; Guest", StringComparison.Ordinal);

        _ = _runspace.Run($"{report} | Move-Guest -Live {parameter}");

        Assert.Contains(_a.Ran, command => command.Contains("ssh -T ", StringComparison.Ordinal) && command.Contains($" {address} ", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_one_destination_refuses_the_next_report_is_tried()
    {
        Written written = _runspace.Run(
            $"{Report("b", "[DateTimeOffset]::UtcNow", "Failed")}, {Report("c", "[DateTimeOffset]::UtcNow", "Passed")} | Move-Guest -Live");

        Assert.Equal(["b", "c"], written.Output.Cast<MigrationResult>().Select(result => result.Destination));
    }

    [Fact]
    public void A_guest_that_is_gone_is_not_found()
    {
        _ = _a.With();

        Written written = _runspace.Run($"Move-Guest -CompatibilityReport ({Report("b", "[DateTimeOffset]::UtcNow", "Passed")}) -Live");

        Assert.Equal(["GuestNotFound"], written.ErrorIds);
    }

    [Fact]
    public void A_report_without_guests_moves_none_and_says_so()
    {
        Written written = _runspace.Run(
            "Made XenMigrate.MigrationReport @{ Source = 'a'; Destination = 'b' } | Move-Guest -WarningVariable w; $w.Message");

        Assert.Contains("names no guest", Assert.Single(written.Texts));
    }

    [Fact]
    public void Without_a_report_the_destination_is_needed() =>
        Assert.Contains("Destination", Assert.Single(_runspace.Run("Move-Guest web -ComputerName a").Errors).ToString());

    [Theory]
    [InlineData("Get-Guest -ComputerName a | Move-Guest -Live")]
    [InlineData("Move-Guest (Get-Guest web -ComputerName a) -Live")]
    public void Guests_without_a_destination_are_one_error_that_names_it(string script)
    {
        Written written = _runspace.Run(script);

        Assert.Contains("-Destination", Assert.Single(written.Errors).ToString());
        Assert.Empty(written.Output);
    }

    public void Dispose() => _runspace.Dispose();

    private static string Report(string destination, string generatedAt, string status) =>
        $"(Made XenMigrate.MigrationReport @{{ Source = 'a'; Destination = '{destination}'; Guest = [string[]]'web'; GeneratedAt = {generatedAt}; "
        + "CheckResult = [XenMigrate.CheckResult[]](Made XenMigrate.CheckResult @{ Id = 'XM-NET-01'; Name = 'Bridges'; "
        + $"Status = '{status}'; Severity = 'Error'; ErrorId = 'BridgeMissing'; Source = 'a'; Destination = '{destination}'; Message = 'none'; Remediation = 'Make it.' }}) }})";
}
