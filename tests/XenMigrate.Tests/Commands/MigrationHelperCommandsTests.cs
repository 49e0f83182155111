namespace XenMigrate.Tests.Commands;

public sealed class MigrationHelperCommandsTests : IDisposable
{
    private static readonly string s_look = HelperQuestion.Of("a").Commands[0].ToString();
    private static readonly string s_remove = HelperScripts.Remove(HelperFolder.Usual).ToString();

    private readonly FakeHost _host = new FakeHost("a").Answers(s_look, "user: 0\n");
    private readonly TestRunspace _runspace;

    public MigrationHelperCommandsTests() => _runspace = new TestRunspace(new FakeNetwork(_host));

    [Fact]
    public void What_a_host_has_is_told()
    {
        MigrationHelper helper = Assert.IsType<MigrationHelper>(Assert.Single(_runspace.Run("'a' | Get-MigrationHelper").Output));

        Assert.Equal(("a", MigrationHelperState.Absent), (helper.ComputerName, helper.State));
    }

    [Fact]
    public void A_host_of_xends_has_none_to_tell_of()
    {
        _runspace.Runspace.SessionStateProxy.SetVariable("x", new FakeXendHost("x", "").ToHost());

        Assert.StartsWith("NotSupportedByToolstack,", Assert.Single(_runspace.Run("$x | Get-MigrationHelper").Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void WhatIf_looks_and_changes_nothing()
    {
        Written written = _runspace.Run("Install-MigrationHelper a -WhatIf; Uninstall-MigrationHelper a -WhatIf");

        Assert.Empty(written.Errors);
        Assert.Empty(written.Output);
        Assert.DoesNotContain(_host.Ran, command => command.Contains("mkdir", StringComparison.Ordinal) || command == s_remove);
    }

    [Fact]
    public void A_module_without_helper_says_where_it_would_be()
    {
        string id = Assert.Single(_runspace.Run("Install-MigrationHelper a").Errors).FullyQualifiedErrorId;

        Assert.StartsWith("HelperNotShipped,", id);
    }

    [Fact]
    public void A_helper_at_work_is_not_taken_away()
    {
        _ = _host.Answers(s_remove, "", HelperScripts.InUse);

        Assert.StartsWith("HelperInUse,", Assert.Single(_runspace.Run("Uninstall-MigrationHelper a").Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void It_is_taken_away_without_a_word()
    {
        _ = _host.Answers(s_remove, "");

        Written written = _runspace.Run("Uninstall-MigrationHelper a");

        Assert.Empty(written.Errors);
        Assert.Empty(written.Output);
        Assert.Equal(s_remove, _host.Ran.Last());
    }

    [Theory]
    [InlineData("-EnforceDowntime")]
    [InlineData("-Compression Zstd")]
    [InlineData("-Throttle")]
    [InlineData("-Transport Ssh")]
    public void What_is_said_of_live_moves_is_for_live_moves(string said) =>
        Assert.Contains("-Live", Assert.Single(_runspace.Run($"Move-Guest web -ComputerName a -Destination b {said}").Errors).Exception.Message);

    public void Dispose() => _runspace.Dispose();
}
