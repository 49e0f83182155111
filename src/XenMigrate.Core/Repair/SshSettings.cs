namespace XenMigrate.Repair;

/// <summary>What a host's own ssh would do for a name, by all its configuration files.</summary>
internal sealed record SshSettings
{
    private const int UsualPort = 22;

    public required string HostName { get; init; }

    public required int Port { get; init; }

    /// <summary>Who it logs in as.</summary>
    public required string User { get; init; }

    /// <summary>The name to look keys up by, in place of the host's; null if there is none.</summary>
    public string? HostKeyAlias { get; init; }

    public bool HashesNames { get; init; }

    /// <summary>The file that keys are added to.</summary>
    public required string KnownHostsPath { get; init; }

    /// <summary>The private keys that it tries, in order, whether they are there or not.</summary>
    public IReadOnlyList<string> IdentityPaths { get; init; } = [];

    /// <summary>The name that known_hosts has the key under.</summary>
    public string KnownName => HostKeyAlias
        ?? (Port == UsualPort ? HostName : string.Format(CultureInfo.InvariantCulture, "[{0}]:{1}", HostName, Port));

    public static Question<SshSettings> Question(string address)
    {
        RemoteCommand settings = new("ssh", "-G", address);
        RemoteCommand home = RemoteCommand.Script("""printf %s "$HOME" """);
        return new Question<SshSettings>([settings, home], results => Parse(settings, results[0].Output, results[1].Output.Trim()));
    }

    /// <exception cref="OutputNotUnderstoodException">It is not what ssh -G writes.</exception>
    private static SshSettings Parse(RemoteCommand command, string output, string home)
    {
        ILookup<string, string> values = output.Split('\n')
            .Select(line => line.Trim().Split([' '], 2))
            .Where(words => words.Length == 2)
            .ToLookup(words => words[0].ToLowerInvariant(), words => words[1]);
        string? knownHosts = values["userknownhostsfile"].FirstOrDefault()?.Split(' ')[0];
        return IsAbsolute(home)
            && knownHosts is not null
            && values["hostname"].FirstOrDefault() is { } hostName
            && values["user"].FirstOrDefault() is { } user
            && int.TryParse(values["port"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && Path(knownHosts, home) is { } path
                ? new SshSettings
                {
                    HostName = hostName,
                    Port = port,
                    User = user,
                    HostKeyAlias = values["hostkeyalias"].FirstOrDefault(),
                    HashesNames = values["hashknownhosts"].FirstOrDefault() == "yes",
                    KnownHostsPath = path,
                    IdentityPaths = [.. values["identityfile"].Select(identity => Path(identity, home)).OfType<string>()],
                }
                : throw new OutputNotUnderstoodException(command, "no host name, user, port or known_hosts file", output);
    }

    /// <summary>The path with the home folder in it; null for none, and for what has variables that only ssh knows.</summary>
    private static string? Path(string path, string home)
    {
        string whole = path.StartsWith("~/", StringComparison.Ordinal) ? home + path.Substring(1) : path;
        return IsAbsolute(whole) && !whole.Contains('%') && !whole.Contains("${") ? whole : null;
    }

    private static bool IsAbsolute(string path) => path.Length > 0 && path[0] == '/';
}
