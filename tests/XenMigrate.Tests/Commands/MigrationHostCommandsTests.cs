namespace XenMigrate.Tests.Commands;

public sealed class MigrationHostCommandsTests : IDisposable
{
    private readonly FakeHost _a = new("a");
    private readonly FakeHost _b = new("b");
    private readonly FakeNetwork _network;
    private readonly TestRunspace _runspace;

    public MigrationHostCommandsTests()
    {
        _network = new FakeNetwork(_a, _b);
        _runspace = new TestRunspace(_network);
    }

    [Fact]
    public void Connecting_returns_the_host_and_what_it_is()
    {
        MigrationHost host = Assert.IsType<MigrationHost>(Assert.Single(_runspace.Run("Connect-MigrationHost a").Output));

        Assert.Equal(
            ("a", HostSessionState.Connected, ToolstackKind.Xl, "4.17.3", 1024),
            (host.ComputerName, host.State, host.Toolstack, host.XenVersion, host.FreeMemoryMB));
    }

    [Fact]
    public void What_the_user_says_reaches_the_connector()
    {
        // No ConvertTo-SecureString in a bare engine.
        Written written = _runspace.Run(
            """
            $password = [securestring]::new(); 'x'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
            Connect-MigrationHost a -Credential ([pscredential]::new('me', $password)) -Port 2222 -KeyFilePath key `
                -JumpHost gate -AcceptHostKey -ConnectTimeout 3
            """);

        Assert.Empty(written.Errors);
        HostConnection connection = Assert.Single(_network.Connections);
        Assert.Equal(
            ("me", "x", 2222, "gate", true, TimeSpan.FromSeconds(3)),
            (connection.Credential?.UserName, connection.Credential?.Password, connection.Port, connection.JumpHost,
                connection.AcceptHostKey, connection.ConnectTimeout));
        Assert.True(System.IO.Path.IsPathFullyQualified(connection.KeyFilePath!));
    }

    [Fact]
    public void Without_parameters_everything_is_left_to_the_users_ssh_files()
    {
        _ = _runspace.Run("Connect-MigrationHost a");

        Assert.Equal(new HostConnection("a"), Assert.Single(_network.Connections));
    }

    [Fact]
    public void One_bad_host_is_an_error_and_the_others_connect()
    {
        Written written = _runspace.Run("Connect-MigrationHost nowhere, a, b");

        Assert.Equal(["a", "b"], written.Texts.Order());
        Assert.Equal("nowhere", Assert.Single(written.Errors).TargetObject);
    }

    [Fact]
    public void Connecting_again_replaces_the_session()
    {
        Written written = _runspace.Run("$x = Connect-MigrationHost a; $y = Connect-MigrationHost A; $x, $y, @(Get-MigrationHost).Count");

        Assert.Equal(2, _network.Connections.Count);
        Assert.Equal(1, written.Output[2]);
    }

    [Theory]
    [InlineData("Disconnect-MigrationHost a")]
    [InlineData("Disconnect-MigrationHost A*")]
    [InlineData("Get-MigrationHost a | Disconnect-MigrationHost")]
    [InlineData("'a' | Disconnect-MigrationHost")]
    public void Disconnecting_ends_that_session(string script)
    {
        Written written = _runspace.Run($"$null = Connect-MigrationHost a, b; {script}; Get-MigrationHost");

        Assert.Empty(written.Errors);
        Assert.Equal(["b"], written.Texts);
        Assert.Equal((true, false), (_a.IsDisposed, _b.IsDisposed));
    }

    [Theory]
    [InlineData("Disconnect-MigrationHost c")]
    [InlineData("Get-MigrationHost c")]
    [InlineData("$h = Connect-MigrationHost a; Disconnect-MigrationHost $h; Get-Guest -ComputerName $h")]
    public void A_host_without_session_is_an_error(string script)
    {
        Written written = _runspace.Run("$null = Connect-MigrationHost b; " + script);

        Assert.Equal(["HostNotConnected"], written.ErrorIds);
    }

    [Theory]
    [InlineData("Get-MigrationHost", "a b")]
    [InlineData("Get-MigrationHost B", "b")]
    [InlineData("Get-MigrationHost *, a", "a b")]
    [InlineData("Get-MigrationHost x*", "")]
    public void Sessions_are_listed_by_name(string script, string expected) =>
        Assert.Equal(expected, string.Join(" ", _runspace.Run("$null = Connect-MigrationHost b, a; " + script).Texts));

    public void Dispose() => _runspace.Dispose();
}
