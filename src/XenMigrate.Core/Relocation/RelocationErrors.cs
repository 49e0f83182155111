namespace XenMigrate;

/// <summary>A configuration file on a host was not written, and is as it was.</summary>
public sealed class ConfigurationWriteFailedException(string host, string path, string reason, string? advice = null)
    : XenMigrateException($"{path} on {host} is as it was: {reason}.", advice ?? $"See whether root can write there, and try again.")
{
    public string Host { get; } = host;

    public string Path { get; } = path;
}

/// <summary>A change would let every host that reaches the port send guests.</summary>
public sealed class RelocationUnrestrictedException(string host, string reason) : XenMigrateException(
    $"{host} would take guests from any host: {reason}",
    "Name the hosts that may send guests (-HostsAllow 10.0.0.7, 10.0.0.8 -Exact), or allow all of them: -AllowAnyHost.")
{
    public string Host { get; } = host;
}

/// <summary>A host's xend does not listen for guests, though its configuration says that it should.</summary>
public sealed class RelocationDisabledException(string host, int port, string reason) : XenMigrateException(
    $"{host} does not listen for guests on port {port}: {reason}",
    $"/var/log/xen/xend.log and /var/log/xen/xend-debug.log on {host} say why xend does not.")
{
    public string Host { get; } = host;

    public int Port { get; } = port;
}
