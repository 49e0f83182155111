namespace XenMigrate.Ssh;

/// <summary>Turns what the user says of a connection and what the ssh configuration says into targets.</summary>
internal sealed class SshTargetResolver(SshEnvironment environment, SshConfiguration configuration)
{
    private const int MostHops = 8;
    private static readonly string[] s_defaultKeys = ["id_ed25519", "id_ecdsa", "id_rsa"];

    public SshTarget Resolve(HostConnection connection)
    {
        HostSpecification typed = HostSpecification.Parse(connection.ComputerName);
        string? credentialUser = connection.Credential?.UserName;
        HostSpecification host = new(
            connection.UserName ?? (string.IsNullOrEmpty(credentialUser) ? typed.User : credentialUser),
            typed.Host,
            connection.Port ?? typed.Port);

        return WithJump(Plain(host, connection), connection.JumpHost, connection, depth: 0);
    }

    private SshTarget Plain(HostSpecification host, HostConnection connection)
    {
        SshHostOptions options = configuration.For(host.Host);
        if (SecurityKeywords.Unobeyed(options) is { } unobeyed)
        {
            throw Invalid(connection, $"{unobeyed}, which applies to {host.Host}, is not supported");
        }

        string hostName = SshTokens.ExpandHostName(options.HostName ?? host.Host, host.Host);
        SshTarget target = new(
            host.Host,
            hostName.ToLowerInvariant(),
            host.Port ?? options.Port ?? 22,
            host.User ?? options.User ?? environment.UserName)
        {
            HostKeyAlias = options.HostKeyAlias?.ToLowerInvariant(),
            HashKnownHosts = options.HashKnownHosts,
            AcceptsNewHostKeys = options.AcceptsNewHostKeys,
            Algorithms = options.Algorithms,
            Authentications = options.Authentications,
        };

        SshTokens tokens = new(environment, target);
        return target with
        {
            IdentityFiles = IdentityFiles(connection, options, tokens),
            CertificateFiles = [.. options.CertificateFiles.Select(tokens.Expand)],
            UserKnownHostsFiles =
                Files(options.UserKnownHostsFiles, tokens)
                ?? [InUserFolder("known_hosts"), InUserFolder("known_hosts2")],
            GlobalKnownHostsFiles =
                Files(options.GlobalKnownHostsFiles, tokens)
                ?? [InSystemFolder("ssh_known_hosts"), InSystemFolder("ssh_known_hosts2")],
            RevokedHostKeysFiles = [.. options.RevokedHostKeys.Select(tokens.Expand)],
            RequiredRsaSize = Math.Max(options.RequiredRsaSize ?? 0, target.RequiredRsaSize),
            KeepAliveInterval = options.ServerAliveInterval is int seconds and > 0
                ? TimeSpan.FromSeconds(seconds)
                : target.KeepAliveInterval,
        };
    }

    private SshTarget WithJump(SshTarget target, string? jump, HostConnection connection, int depth)
    {
        SshHostOptions options = configuration.For(target.Name);
        if (jump is null && options.ProxyCommand is not null)
        {
            throw Invalid(connection, $"ProxyCommand, which applies to {target.Name}, is not supported; ProxyJump is");
        }

        string? hops = jump ?? options.ProxyJump;
        if (string.IsNullOrWhiteSpace(hops) || string.Equals(hops, "none", StringComparison.OrdinalIgnoreCase))
        {
            return target;
        }

        if (depth == MostHops)
        {
            throw Invalid(
                connection, $"the way to {connection.ComputerName} has over {MostHops} jump hosts, or goes in circles");
        }

        // "a,b" leads through a to b: the last is the nearest to the target, the others are its own way.
        int comma = hops!.LastIndexOf(',');
        SshTarget nearest = Plain(HostSpecification.Parse(hops.Substring(comma + 1)), connection);

        // "Host *" with a ProxyJump names the jump host too, which does not go through itself.
        return jump is null && nearest.HostName == target.HostName && nearest.Port == target.Port
            ? target
            : target with
            {
                Jump = WithJump(nearest, comma > 0 ? hops.Substring(0, comma) : null, connection, depth + 1),
            };
    }

    private ConfigurationInvalidException Invalid(HostConnection connection, string reason) =>
        new(connection.ConfigurationPath ?? environment.UserConfiguration, reason);

    private IReadOnlyList<IdentityFile> IdentityFiles(
        HostConnection connection, SshHostOptions options, SshTokens tokens)
    {
        if (connection.KeyFilePath is not null)
        {
            return [new(environment.ExpandHome(connection.KeyFilePath), IdentityOrigin.Parameter)];
        }

        return options.IdentityFiles.Count > 0
            ? [.. options.IdentityFiles
                .Where(file => !string.Equals(file, "none", StringComparison.OrdinalIgnoreCase))
                .Select(file => new IdentityFile(tokens.Expand(file), IdentityOrigin.Configuration))]
            : [.. s_defaultKeys.Select(name => new IdentityFile(InUserFolder(name), IdentityOrigin.Default))];
    }

    private static IReadOnlyList<string>? Files(IReadOnlyList<string>? configured, SshTokens tokens) =>
        configured is null
            ? null
            : [.. configured
                .Where(file => !string.Equals(file, "none", StringComparison.OrdinalIgnoreCase))
                .Select(tokens.Expand)];

    private string InUserFolder(string name) => Path.Combine(environment.UserFolder, name);

    private string InSystemFolder(string name) => Path.Combine(environment.SystemFolder, name);
}
