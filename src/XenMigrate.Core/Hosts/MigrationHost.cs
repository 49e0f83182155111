namespace XenMigrate;

/// <summary>
/// A Xen host. Made from a name alone it only names a host, and the cmdlet that gets it opens the session;
/// Connect-MigrationHost returns it connected.
/// </summary>
public sealed class MigrationHost
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

    internal MigrationHost(HostSession session)
        : this(session.ComputerName) => Session = session.WithoutObserver();

    /// <summary>The name as the user typed it; it names the host everywhere.</summary>
    public string ComputerName { get; }

    public string? Address => Session?.Shell.Endpoint.Address;

    public int? Port => Session?.Shell.Endpoint.Port;

    public string? UserName => Session?.Shell.Endpoint.UserName;

    public ToolstackKind? Toolstack => Session?.Toolstack.Kind;

    public string? XenVersion => Session?.Information.XenVersion;

    /// <summary>SHA256 fingerprint of the verified host key, as ssh-keygen -l prints it.</summary>
    public string? HostKeyFingerprint => Session?.Shell.Endpoint.HostKeyFingerprint;

    public string? JumpHost => Session?.Shell.Endpoint.JumpHost;

    public HostSessionState State =>
        Session is null ? HostSessionState.NotConnected
        : Session.IsConnected ? HostSessionState.Connected
        : HostSessionState.Broken;

    /// <summary>Memory that a new guest could have, MiB, when the session was opened.</summary>
    public long? FreeMemoryMB => Session?.Information.FreeMemoryMB;

    /// <summary>Memory of the host, MiB.</summary>
    public long? TotalMemoryMB => Session?.Information.TotalMemoryMB;

    public string? CpuModel => Session?.Information.CpuModel;

    public string? Scheduler => Session?.Information.Scheduler;

    /// <summary>The host's clock minus ours, to about half the round trip, when the session was opened.</summary>
    public TimeSpan? ClockOffset => Session?.Information.ClockOffset;

    public DateTimeOffset? ConnectedAt => Session?.ConnectedAt;

    /// <summary>Whether it was emptied and not put back into service, as the journals told whoever listed the session.</summary>
    public bool Drained { get; private init; }

    /// <summary>The session, as it is kept; null for a name alone.</summary>
    internal HostSession? Session { get; }

    /// <summary>The same session of a host that was emptied.</summary>
    internal MigrationHost AsDrained() => new(Session!) { Drained = true };

    /// <summary>Whether it is the same session; without sessions, whether it is the same name.</summary>
    public override bool Equals(object? obj) => obj is MigrationHost other
        && string.Equals(ComputerName, other.ComputerName, StringComparison.OrdinalIgnoreCase)
        && Equals(Session, other.Session);

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
