namespace XenMigrate.Ssh;

/// <summary>All there is to know before a connection to one host is made.</summary>
internal sealed record SshTarget(string Name, string HostName, int Port, string UserName)
{
    public string? HostKeyAlias { get; init; }

    public IReadOnlyList<IdentityFile> IdentityFiles { get; init; } = [];

    public IReadOnlyList<string> CertificateFiles { get; init; } = [];

    /// <summary>The user's own files; a key that is accepted goes to the first.</summary>
    public IReadOnlyList<string> UserKnownHostsFiles { get; init; } = [];

    public IReadOnlyList<string> GlobalKnownHostsFiles { get; init; } = [];

    /// <summary>The ways to log in that we have.</summary>
    public static string[] AllAuthentications { get; } = ["publickey", "password", "keyboard-interactive"];

    public IReadOnlyList<string> Authentications { get; init; } = AllAuthentications;

    public SshAlgorithms Algorithms { get; init; } = new();

    /// <summary>In bits; ssh takes no smaller ones either.</summary>
    public int RequiredRsaSize { get; init; } = 1024;

    /// <summary>Files with host keys that are not trusted any more.</summary>
    public IReadOnlyList<string> RevokedHostKeysFiles { get; init; } = [];

    /// <summary>Whether the key of a host that nobody knows yet will do.</summary>
    public bool AcceptsNewHostKeys { get; init; }

    public bool HashKnownHosts { get; init; }

    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The host to go through, which may itself have one.</summary>
    public SshTarget? Jump { get; init; }

    /// <summary>The name in known_hosts: with its port, unless that is 22 or the name is an alias.</summary>
    public string KnownHostsName =>
        HostKeyAlias
        ?? (Port == 22 ? HostName : string.Format(CultureInfo.InvariantCulture, "[{0}]:{1}", HostName, Port));
}

/// <summary>A private key's file, and why it is tried.</summary>
internal sealed record IdentityFile(string Path, IdentityOrigin Origin);

internal enum IdentityOrigin
{
    /// <summary>The user named it for this connection: it has to work.</summary>
    Parameter,

    /// <summary>The ssh configuration names it.</summary>
    Configuration,

    /// <summary>It has one of the names that ssh looks for.</summary>
    Default,
}
