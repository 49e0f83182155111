namespace XenMigrate.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private readonly FakeHost _a = new FakeHost("xen-a").With("web 3 -b----", "it's 4 -b----");
    private readonly TestRunspace _runspace;

    public CompletionTests() =>
        _runspace = new TestRunspace(new FakeNetwork(_a, new FakeHost("xen-b").With("webmail 7 -b----")));

    [Theory]
    [InlineData("Get-Guest we", "web webmail")]
    [InlineData("Get-Guest -ComputerName xen-b -Name w", "webmail")]
    [InlineData("Get-Guest i", "'it''s'")]
    [InlineData("Get-MigrationHost xen", "xen-a xen-b")]
    [InlineData("Get-Guest -State Paus", "Paused")]
    public void Names_are_completed(string line, string expected)
    {
        _ = _runspace.Run("$null = Connect-MigrationHost xen-a, xen-b");

        Assert.Equal(expected, Complete(line));
    }

    [Fact]
    public void Without_sessions_nothing_is_offered_and_nobody_is_asked()
    {
        _ = Complete("Get-Guest w");

        Assert.Empty(_a.Ran);
    }

    [Fact]
    public void A_host_that_fails_is_left_out_silently()
    {
        _ = _runspace.Run("$null = Connect-MigrationHost xen-a, xen-b");
        _a.Fails("xl list", "no");

        Assert.Equal("webmail", Complete("Get-Guest w"));
    }

    [Fact]
    public void A_host_that_hangs_is_not_waited_for()
    {
        _ = _runspace.Run("$null = Connect-MigrationHost xen-a, xen-b");
        _a.Gate = new TaskCompletionSource().Task;

        Assert.Equal("webmail", Complete("Get-Guest w"));
    }

    [Fact]
    public void Names_are_remembered_for_some_seconds()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        _ = _runspace.Run("$null = Connect-MigrationHost xen-a");
        _runspace.Sessions.Names.Clock = () => now;
        _a.Ran.Clear();

        _ = Complete("Get-Guest w");
        _ = Complete("Get-Guest we");
        int soon = _a.Ran.Count;
        now += TimeSpan.FromMinutes(1);
        _ = Complete("Get-Guest web");

        Assert.Equal((2, 4), (soon, _a.Ran.Count));
    }

    [Fact]
    public void Hosts_of_the_ssh_configuration_are_known_but_patterns_and_negations_are_not() =>
        Assert.Equal(
            ["a", "b.example", "c"],
            KnownHostNames.FromConfiguration(["# Host no", "Host a b.example", "\tHostName x", "host=\"c\"", "Host * !d e?"]));

    [Fact]
    public void Hosts_of_known_hosts_are_known_unless_hashed() =>
        Assert.Equal(
            ["a", "192.0.2.7", "b"],
            KnownHostNames.FromKnownHosts(
                ["a,192.0.2.7 ssh-ed25519 AAAA", "|1|x=|y= ssh-rsa AAAA", "[b]:2222 ssh-rsa AAAA", "@revoked c ssh-rsa A", "#d e", "", ","]));

    public void Dispose() => _runspace.Dispose();

    private string Complete(string line)
    {
        using PowerShell shell = _runspace.Shell();
        CommandCompletion completion = CommandCompletion.CompleteInput(line, line.Length, null, shell);
        return string.Join(" ", completion.CompletionMatches
            .Where(match => match.ResultType == CompletionResultType.ParameterValue)
            .Select(match => match.CompletionText));
    }
}
