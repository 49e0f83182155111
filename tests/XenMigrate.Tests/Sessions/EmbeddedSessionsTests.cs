namespace XenMigrate.Tests.Sessions;

public sealed class EmbeddedSessionsTests : IDisposable
{
    private readonly TestRunspace _runspace = new();
    private readonly List<FakeEmbedded> _started = [];

    public EmbeddedSessionsTests() => _runspace.Sessions.EmbeddedOverride = () =>
    {
        FakeEmbedded embedded = new();
        _started.Add(embedded);
        return embedded;
    };

    [Fact]
    public void Both_hosts_are_connected_and_start_once()
    {
        Assert.Equal(["one", "two"], _runspace.Run("Connect-MigrationHost -Embedded").Texts);
        Assert.Equal(["one", "two"], _runspace.Run("Connect-MigrationHost -Embedded; Get-MigrationHost x*").Texts);

        Assert.False(Assert.Single(_started).IsDisposed);
    }

    [Fact]
    public void They_end_with_the_last_of_their_sessions()
    {
        _ = _runspace.Run("Connect-MigrationHost -Embedded; Disconnect-MigrationHost one");
        Assert.False(_started[0].IsDisposed);

        _ = _runspace.Run("Disconnect-MigrationHost two");
        Assert.True(_started[0].IsDisposed);

        _ = _runspace.Run("Connect-MigrationHost -Embedded");
        Assert.Equal(2, _started.Count);
    }

    [Fact]
    public void Their_names_are_theirs_as_long_as_they_are_connected()
    {
        using TestRunspace runspace = new(new FakeNetwork(new FakeHost("one"), new FakeHost("two")));
        FakeEmbedded embedded = new();
        runspace.Sessions.EmbeddedOverride = () => embedded;

        Assert.Equal("HostNameTaken", Assert.Single(runspace.Run("Connect-MigrationHost -Embedded; Connect-MigrationHost one").Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Empty(runspace.Run("Disconnect-MigrationHost one; Connect-MigrationHost one").Errors);
        Assert.False(embedded.IsDisposed);
    }

    [Fact]
    public void One_whose_session_was_ended_is_not_looked_for_by_ssh()
    {
        ErrorRecord error = Assert.Single(_runspace.Run("$null = Connect-MigrationHost -Embedded; Disconnect-MigrationHost one, two; Get-Guest -ComputerName one").Errors);

        Assert.StartsWith("HostNotConnected,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Connect-MigrationHost -Embedded", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void They_end_with_the_runspace()
    {
        _ = _runspace.Run("Connect-MigrationHost -Embedded");

        _runspace.Dispose();

        Assert.True(_started[0].IsDisposed);
    }

    [Theory]
    [InlineData("-BridgeName xenbr9", "rename the bridge to xenbr9")]
    [InlineData("-Relocation off", "turn relocation off")]
    [InlineData("-Relocation On", "turn relocation on")]
    [InlineData("-HostsAllow ''", "set hosts-allow to ''")]
    [InlineData("-UnmountStorage", "unmount the storage")]
    [InlineData("-StorageReadOnly", "mount the storage read-only")]
    [InlineData("-ExportOption rw,sync,root_squash", "export the storage with rw,sync,root_squash")]
    [InlineData("-BridgeMtu 9000", "let the bridge carry frames of 9000 bytes")]
    [InlineData("-ForwardDelay 15", "let the bridge wait 15 s before it forwards")]
    [InlineData("-TimeServer Off", "let ntpd lose its servers")]
    [InlineData("-TimeServer on", "let ntpd find its servers")]
    [InlineData("-Uptime 60", "let it be up for 60 s")]
    [InlineData("-Processor OldXeon", "give it the CPU OldXeon")]
    [InlineData("-XenVersion 3.0.3", "let its Xen be 3.0.3")]
    [InlineData("-WithholdSuspend", "let its guests withhold that they can be suspended")]
    [InlineData("-ClockOffset -90", "set the clock -90 s ahead")]
    [InlineData("-FreeMemoryMB 64", "leave 64 MiB free")]
    [InlineData("-BlockPort 22, 8002", "block port 22, block port 8002")]
    [InlineData("-RejectPort 8002", "reject connections to port 8002")]
    [InlineData("-LinkBandwidth 1MB", "slow the link to 1048576 bytes/s")]
    [InlineData("-CutLink", "cut the link")]
    [InlineData("-Reset -CutLink", "mend everything, cut the link")]
    public void Each_fault_reaches_the_host(string parameters, string fault)
    {
        Written written = _runspace.Run("$null = Connect-MigrationHost -Embedded; Set-EmbeddedHost two " + parameters);

        Assert.Empty(written.Errors);
        Assert.Equal(["two: " + fault], _started[0].Applied);
    }

    [Theory]
    [InlineData("Set-EmbeddedHost one, two -CutLink -WhatIf")]
    [InlineData("Set-EmbeddedHost one")]
    [InlineData("Set-EmbeddedHost other -CutLink")]
    [InlineData("Set-EmbeddedHost one -Relocation maybe")]
    [InlineData("Set-EmbeddedHost one -Processor Pentium")]
    [InlineData("Set-EmbeddedHost one -XenVersion new")]
    [InlineData("Set-EmbeddedHost one -BridgeMtu 1")]
    [InlineData("Set-EmbeddedHost one -ExportOption 'rw; reboot'")]
    public void What_is_not_to_be_done_is_not_done(string script)
    {
        _ = _runspace.Run("$null = Connect-MigrationHost -Embedded; " + script);

        Assert.Empty(_started[0].Applied);
    }

    [Fact]
    public void Hosts_come_from_the_pipeline()
    {
        _ = _runspace.Run("Connect-MigrationHost -Embedded | Set-EmbeddedHost -Reset");

        Assert.Equal(["one: mend everything", "two: mend everything"], _started[0].Applied);
    }

    public void Dispose() => _runspace.Dispose();

    private sealed class FakeEmbedded : IEmbeddedHosts
    {
        private readonly FakeHost[] _hosts = [new("one"), new("two")];

        public List<string> Applied { get; } = [];

        public bool IsDisposed { get; private set; }

        public IReadOnlyList<string> Names => [.. _hosts.Select(host => host.Endpoint.ComputerName)];

        public IHostConnector Connector => new FakeNetwork(_hosts);

        public bool Owns(IHostShell shell) => _hosts.Contains(shell);

        public void Apply(string computerName, IEnumerable<EmbeddedFault> faults) => Applied.Add($"{computerName}: {string.Join(", ", faults)}");

        public void Dispose() => IsDisposed = true;
    }
}
