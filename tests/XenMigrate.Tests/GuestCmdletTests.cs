namespace XenMigrate.Tests;

public sealed class GuestCmdletTests : IDisposable
{
    private readonly TestRunspace _runspace = new(new FakeNetwork(
        new FakeHost("a").With("web 3 -b----", "bad 4 -b----", "db 5 -b----"),
        new FakeHost("b").With("web 7 -b----")));

    [Theory]
    [InlineData("Test-GuestAction web", "web@a web@b")]
    [InlineData("Test-GuestAction web -ComputerName b", "web@b")]
    [InlineData("Test-GuestAction -Name d*", "db@a")]
    [InlineData("Test-GuestAction *o*", "")]
    [InlineData("Get-Guest db | Test-GuestAction", "db@a")]
    [InlineData("Test-GuestAction (Get-Guest web)", "web@a web@b")]
    [InlineData("'db', 'web' | Test-GuestAction", "db@a web@a web@b")]
    [InlineData("[pscustomobject]@{ Name = 'web'; ComputerName = 'b' } | Test-GuestAction", "web@b")]
    public void Guests_come_as_objects_and_as_names(string script, string expected)
    {
        Written written = _runspace.Run("$null = Connect-MigrationHost a, b; " + script);

        Assert.Empty(written.Errors);
        Assert.Equal(expected, string.Join(" ", written.Texts));
    }

    [Fact]
    public void One_bad_guest_stops_no_other()
    {
        Written written = _runspace.Run("$null = Connect-MigrationHost a; Test-GuestAction *");

        Assert.Equal(["db@a", "web@a"], written.Texts);
        ErrorRecord error = Assert.Single(written.Errors);
        Assert.Equal("bad", Assert.IsType<Guest>(error.TargetObject).Name);
    }

    [Fact]
    public void Missing_names_are_errors_and_the_others_are_acted_on()
    {
        Written written = _runspace.Run("$null = Connect-MigrationHost a; Test-GuestAction nobody, db, Domain-0");

        Assert.Equal(["db@a"], written.Texts);
        Assert.Equal(["GuestNotFound", "GuestNotFound"], written.ErrorIds);
    }

    [Fact]
    public void A_guest_of_a_host_without_session_opens_one()
    {
        Written written = _runspace.Run(
            "$g = Get-Guest db -ComputerName a; Disconnect-MigrationHost a; $g | Test-GuestAction; Get-MigrationHost");

        Assert.Equal(["db@a", "a"], written.Texts);
    }

    public void Dispose() => _runspace.Dispose();
}
