namespace XenMigrate.Tests.Commands;

public sealed class RelocationCommandsTests : IDisposable
{
    private const string Off = "# mine\n(xend-relocation-server no)\n#(xend-relocation-port 8002)\n";

    private readonly FakeXendHost _xend = new("x", Off);
    private readonly TestRunspace _runspace = new(new FakeNetwork(new FakeHost("a")));

    public RelocationCommandsTests() => _runspace.Runspace.SessionStateProxy.SetVariable("x", _xend.ToHost());

    [Fact]
    public void A_configuration_is_shown_with_its_lines()
    {
        RelocationConfiguration shown = Assert.IsType<RelocationConfiguration>(
            Assert.Single(_runspace.Run("$x | Get-RelocationConfiguration").Output));

        Assert.Equal(("x", false, 8002), (shown.ComputerName, shown.Server, shown.Port));
        Assert.Equal((2, null), (shown.Setting[0].Line, shown.Setting[1].Line));
        Assert.NotEmpty(shown.Finding);
    }

    [Fact]
    public void Exact_hosts_become_patterns_and_xend_is_restarted_and_looked_for()
    {
        Written written = _runspace.Run(
            "Enable-Relocation $x 10.0.0.7, b.example.org -Exact -Restart -PassThru -Confirm:$false -WarningVariable w; @($w).Count");

        Assert.Empty(written.Errors);
        Assert.Equal(
            "# mine\n(xend-relocation-server yes)\n#(xend-relocation-port 8002)\n"
                + "(xend-relocation-hosts-allow '^10\\\\.0\\\\.0\\\\.7$ ^b\\\\.example\\\\.org$')\n",
            _xend.Configuration);
        Assert.StartsWith("/etc/xen/xend-config.sxp.", Assert.IsType<RelocationConfiguration>(written.Output[0]).BackupPath);
        Assert.Equal(["service", "lsof"], _xend.Ran.Where(program => program is "service" or "lsof"));
        // Names are whatever reverse DNS says.
        Assert.Equal(1, written.Output[1]);
    }

    [Fact]
    public void WhatIf_changes_and_restarts_nothing()
    {
        Written written = _runspace.Run("Enable-Relocation $x 10.0.0.7 -Exact -Restart -PassThru -WhatIf");

        Assert.Empty(written.Errors);
        Assert.Empty(written.Output);
        Assert.Equal(Off, _xend.Configuration);
        Assert.DoesNotContain("service", _xend.Ran);
    }

    [Fact]
    public void Without_a_restart_a_warning_says_that_xend_does_not_know_yet()
    {
        Written written = _runspace.Run("Set-RelocationConfiguration $x -Port 9002 -Confirm:$false -WarningVariable w; $w.Message");

        Assert.Contains("(xend-relocation-port 9002)", _xend.Configuration);
        Assert.Contains("only when it starts", Assert.Single(written.Texts));
        Assert.DoesNotContain("service", _xend.Ran);
    }

    [Theory]
    [InlineData("Enable-Relocation $x -Confirm:$false", "RelocationUnrestricted")]
    [InlineData("Enable-Relocation $x '' -Confirm:$false", "RelocationUnrestricted")]
    [InlineData("Set-RelocationConfiguration $x -Server $true -Confirm:$false", "RelocationUnrestricted")]
    [InlineData("Enable-Relocation $x '(' -Confirm:$false", "ConfigurationInvalid")]
    [InlineData("Enable-Relocation a 10.0.0.7 -Confirm:$false", "NotSupportedByToolstack")]
    [InlineData("Get-RelocationConfiguration a", "NotSupportedByToolstack")]
    [InlineData("Test-RelocationAccess b a", "NotSupportedByToolstack")]
    public void What_must_not_be_is_an_error_and_changes_nothing(string script, string id)
    {
        Written written = _runspace.Run(script);

        Assert.Equal([id], written.ErrorIds);
        Assert.Equal(Off, _xend.Configuration);
    }

    [Fact]
    public void Everybody_is_let_in_if_that_is_meant()
    {
        Assert.Empty(_runspace.Run("Enable-Relocation $x -AllowAnyHost -Confirm:$false").Errors);

        Assert.Contains("(xend-relocation-server yes)", _xend.Configuration);
    }

    [Fact]
    public void Disabling_what_is_off_writes_nothing_and_warns_of_nothing()
    {
        Written written = _runspace.Run("Disable-Relocation $x -Confirm:$false -WarningVariable w; @($w).Count");

        Assert.Equal(0, Assert.Single(written.Output));
        Assert.DoesNotContain("sh", _xend.Ran);
    }

    [Fact]
    public void One_bad_host_does_not_keep_the_next_from_being_changed()
    {
        Written written = _runspace.Run("Set-RelocationConfiguration a, $x -Port 9002 -Confirm:$false -WarningAction Ignore");

        Assert.Equal(["NotSupportedByToolstack"], written.ErrorIds);
        Assert.Contains("(xend-relocation-port 9002)", _xend.Configuration);
    }

    [Fact]
    public void Access_is_told_by_pattern()
    {
        RelocationAccess[] told =
        [
            .. _runspace.Run("'10.0.0.1', '10.0.0.10', 'b' | Test-RelocationAccess -HostsAllow '^10\\.0\\.0\\.1', '^c$'").Output.Cast<RelocationAccess>(),
        ];

        Assert.Equal([true, true, false], told.Select(access => access.Admitted));
        Assert.Equal(@"^10\.0\.0\.1", told[1].Pattern);
    }

    [Fact]
    public void A_host_that_takes_no_guests_admits_nobody()
    {
        RelocationAccess access = Assert.IsType<RelocationAccess>(Assert.Single(_runspace.Run("Test-RelocationAccess b $x").Output));

        Assert.Equal(("b", "x", false), (access.Name, access.ComputerName, access.Admitted));
    }

    public void Dispose() => _runspace.Dispose();
}
