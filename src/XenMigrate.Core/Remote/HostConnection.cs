using System.Net;

namespace XenMigrate;

/// <summary>
/// What a user says of a connection. What is null comes from the user's ssh configuration, then from its defaults.
/// </summary>
public sealed record HostConnection(string ComputerName)
{
    public int? Port { get; init; }

    /// <summary>User name and password, or a user name and the passphrase of <see cref="KeyFilePath"/>.</summary>
    /// <remarks>A credential of the base library: its password is not part of any text.</remarks>
    public NetworkCredential? Credential { get; init; }

    public string? UserName { get; init; }

    public string? KeyFilePath { get; init; }

    /// <summary>[user@]host[:port] to go through.</summary>
    public string? JumpHost { get; init; }

    /// <summary>Records an unknown host key in the user's known_hosts. A changed key is an error all the same.</summary>
    public bool AcceptHostKey { get; init; }

    /// <summary>An ssh configuration file to read in place of ~/.ssh/config.</summary>
    public string? ConfigurationPath { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>Opens shells on hosts.</summary>
public interface IHostConnector
{
    /// <exception cref="HostUnreachableException">No connection, or no SSH server, there.</exception>
    /// <exception cref="HostKeyUnknownException">The host's key is in no known_hosts file.</exception>
    /// <exception cref="HostKeyChangedException">known_hosts has another key for this host, or has revoked it.</exception>
    /// <exception cref="AuthenticationFailedException">The host let us in by none of the ways tried.</exception>
    Task<IHostShell> ConnectAsync(HostConnection connection, CancellationToken cancellationToken);
}
