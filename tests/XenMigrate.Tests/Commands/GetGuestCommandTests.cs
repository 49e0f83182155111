namespace XenMigrate.Tests.Commands;

public sealed class GetGuestCommandTests : IDisposable
{
    private readonly FakeHost _a = new FakeHost("a").With("web 3 -b----", "db 4 --p---");
    private readonly FakeHost _b = new FakeHost("b").With("web 7 r-----");
    private readonly TestRunspace _runspace;

    public GetGuestCommandTests() => _runspace = new TestRunspace(new FakeNetwork(_a, _b));

    [Theory]
    [InlineData("Get-Guest", "db@a web@a web@b")]
    [InlineData("Get-Guest web", "web@a web@b")]
    [InlineData("Get-Guest WEB b", "web@b")]
    [InlineData("Get-Guest -ComputerName b", "web@b")]
    [InlineData("Get-Guest d*", "db@a")]
    [InlineData("Get-Guest x*", "")]
    [InlineData("Get-Guest -State Paused", "db@a")]
    [InlineData("Get-Guest web -State Paused", "")]
    [InlineData("Get-Guest -Id 7", "web@b")]
    [InlineData("Get-Guest -ComputerName a -IncludeControlDomain", "db@a Domain-0@a web@a")]
    [InlineData("'web', 'db' | Get-Guest -ComputerName a", "web@a db@a")]
    [InlineData("Get-Guest db | Get-Guest", "db@a")]
    [InlineData("[pscustomobject]@{ Name = 'web'; ComputerName = 'b' } | Get-Guest", "web@b")]
    [InlineData("Get-Guest -MigrationHost (Get-MigrationHost a) -Domain web", "web@a")]
    [InlineData("Get-Guest -ComputerName a, A -Name web", "web@a")]
    [InlineData("Get-Guest web, web, w* b", "web@b")]
    public void Guests_are_found_by_what_was_asked_for(string script, string expected)
    {
        Written written = _runspace.Run("$null = Connect-MigrationHost a, b; " + script);

        Assert.Empty(written.Errors);
        Assert.Equal(expected, string.Join(" ", written.Output.Cast<Guest>().Select(guest => $"{guest}@{guest.ComputerName}")));
    }

    [Theory]
    [InlineData("Get-Guest nobody", "nobody")]
    [InlineData("Get-Guest Domain-0", "Domain-0")]
    [InlineData("Get-Guest -Id 99", "with id 99")]
    [InlineData("Get-Guest web, nobody", "nobody")]
    [InlineData("Get-Guest -Uuid 11111111-2222-3333-4444-555555555555", "with uuid 11111111-2222-3333-4444-555555555555")]
    public void A_guest_asked_for_by_name_and_not_there_is_an_error(string script, string target)
    {
        Written written = _runspace.Run("$null = Connect-MigrationHost a, b; " + script);

        ErrorRecord error = Assert.Single(written.Errors);
        Assert.Equal("GuestNotFound,XenMigrate.GetGuestCommand", error.FullyQualifiedErrorId);
        Assert.Equal(target, error.TargetObject);
    }

    [Fact]
    public void Without_any_session_it_ends_at_once()
    {
        using PowerShell shell = _runspace.Shell().AddCommand("Get-Guest");

        CmdletInvocationException e = Assert.Throws<CmdletInvocationException>(() => shell.Invoke());

        Assert.StartsWith("HostNotConnected,", e.ErrorRecord.FullyQualifiedErrorId);
    }

    [Fact]
    public void A_name_opens_a_session_that_stays()
    {
        Assert.Equal(2, _runspace.Run("Get-Guest -ComputerName a").Output.Count);

        Assert.Equal(["a"], _runspace.Run("Get-MigrationHost").Texts);
    }

    [Fact]
    public void A_bad_host_hides_no_other()
    {
        _b.Fails("xl list", "cannot open /proc/xen/privcmd: Permission denied");

        Written written = _runspace.Run("$null = Connect-MigrationHost a, b; Get-Guest web -ComputerName nowhere, b, a");

        Assert.Equal("a", Assert.Single(written.Output.Cast<Guest>()).ComputerName);
        Assert.Equal(2, written.Errors.Count);
        Assert.Contains("HostUnreachable", written.ErrorIds);
        Assert.DoesNotContain("GuestNotFound", written.ErrorIds);
    }

    [Fact]
    public void A_host_is_asked_once()
    {
        _ = _runspace.Run("$null = Connect-MigrationHost a");
        _a.Ran.Clear();

        _ = _runspace.Run("Get-Guest -Detailed");

        Assert.Equal(["xl list", "xl list -l"], _a.Ran);
    }

    [Fact]
    public void Verbose_tells_each_remote_command()
    {
        IReadOnlyList<string> verbose = _runspace.Run("Get-Guest -ComputerName a -Verbose").Verbose;

        Assert.Contains(verbose, line => line.StartsWith("a: xl list; xl list -l (exit code 0, 0, ", StringComparison.Ordinal));
        Assert.Contains(verbose, line => line.Contains("xl info"));
    }

    public void Dispose() => _runspace.Dispose();
}
