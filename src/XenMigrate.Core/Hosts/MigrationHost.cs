namespace XenMigrate;

/// <summary>
/// A Xen host. Made from a name alone it only names a host, and the cmdlet that gets it opens the session;
/// Connect-MigrationHost returns it connected.
/// </summary>
public sealed class MigrationHost : IGuestHost
{
    /// <summary>Names a host that is not connected; PowerShell uses this where a string is given for a host.</summary>
    public MigrationHost(string computerName)
    {
        if (string.IsNullOrWhiteSpace(computerName))
        {
            throw new ArgumentException("A host has a name.", nameof(computerName));
        }

        ComputerName = computerName;
    }

    internal MigrationHost(IHostShell shell, IToolstack driver, HostInformation information, DateTimeOffset connectedAt)
        : this(shell.Endpoint.ComputerName)
    {
        Shell = shell;
        Driver = driver;
        Information = information;
        ConnectedAt = connectedAt;
    }

    /// <summary>The name as the user typed it; it names the host everywhere.</summary>
    public string ComputerName { get; }

    public string? Address => Shell?.Endpoint.Address;

    public int? Port => Shell?.Endpoint.Port;

    public string? UserName => Shell?.Endpoint.UserName;

    public ToolstackKind? Toolstack => Driver?.Kind;

    public string? XenVersion => Information?.XenVersion;

    /// <summary>SHA256 fingerprint of the verified host key, as ssh-keygen -l prints it.</summary>
    public string? HostKeyFingerprint => Shell?.Endpoint.HostKeyFingerprint;

    public string? JumpHost => Shell?.Endpoint.JumpHost;

    public HostSessionState State =>
        Shell is null ? HostSessionState.NotConnected
        : Shell.IsConnected ? HostSessionState.Connected
        : HostSessionState.Broken;

    /// <summary>Memory that a new guest could have, MiB, when the session was opened.</summary>
    public long? FreeMemoryMB => Information?.FreeMemoryMB;

    /// <summary>Memory of the host, MiB.</summary>
    public long? TotalMemoryMB => Information?.TotalMemoryMB;

    public string? CpuModel => Information?.CpuModel;

    public string? Scheduler => Information?.Scheduler;

    /// <summary>The host's clock minus ours, to about half the round trip, when the session was opened.</summary>
    public TimeSpan? ClockOffset => Information?.ClockOffset;

    public DateTimeOffset? ConnectedAt { get; }

    /// <summary>Whether it was emptied and not put back into service, as the journals told whoever listed the session.</summary>
    public bool Drained { get; private init; }

    internal IHostShell? Shell { get; }

    internal IToolstack? Driver { get; }

    internal HostInformation? Information { get; }

    /// <summary>The same session through another shell, such as one that tells of each command.</summary>
    internal MigrationHost Via(Func<IHostShell, IHostShell> wrap) =>
        new(wrap(RequireShell()), Driver!, Information!, ConnectedAt!.Value);

    /// <summary>The same session as it is kept, which no cmdlet listens to.</summary>
    internal MigrationHost WithoutObserver() =>
        Shell is ObservedHostShell observed ? Via(_ => observed.Unobserved) : this;

    /// <summary>The same session of a host that was emptied.</summary>
    internal MigrationHost AsDrained() => new(RequireShell(), Driver!, Information!, ConnectedAt!.Value) { Drained = true };

    internal IHostShell RequireShell() => Shell ?? throw new HostNotConnectedException(ComputerName);

    internal IToolstack RequireDriver() => Driver ?? throw new HostNotConnectedException(ComputerName);

    /// <summary>What drives the guests of a toolstack on this host.</summary>
    /// <exception cref="NotSupportedByToolstackException">Nothing here does.</exception>
    internal IToolstack DriverOf(ToolstackKind kind) => new[] { RequireDriver(), RequireDriver().Alternative }
        .FirstOrDefault(driver => driver?.Kind == kind)
        ?? throw new NotSupportedByToolstackException(
            ComputerName, $"the session drives no guests of {kind}.", $"Connect-MigrationHost {ComputerName} connects again, and finds out what the host has.");

    /// <summary>Whether it is the same session, or another one to the same machine.</summary>
    internal bool IsSameMachine(MigrationHost other) =>
        Equals(other) || (Information?.BootId is { Length: > 0 } boot && boot == other.Information?.BootId);

    /// <summary>Whether it is the same session; without sessions, whether it is the same name.</summary>
    public override bool Equals(object? obj) => obj is MigrationHost other
        && string.Equals(ComputerName, other.ComputerName, StringComparison.OrdinalIgnoreCase)
        && WithoutObserver().Shell == other.WithoutObserver().Shell;

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ComputerName);

    public override string ToString() => ComputerName;
}

/// <summary>Whether a host's session can be used.</summary>
public enum HostSessionState
{
    NotConnected,
    Connected,
    Broken,
}
