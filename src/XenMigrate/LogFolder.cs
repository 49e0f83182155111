namespace XenMigrate;

/// <summary>
/// Where the journals of moves lie: where the user named a place, there; else in the user's own folder, but those of
/// embedded hosts in one that ends with them, since a rehearsal is nothing to keep.
/// </summary>
internal sealed class LogFolder
{
    private readonly HostSessions _sessions;
    private readonly bool _isNamed;

    private LogFolder(HostSessions sessions, string? path, bool isNamed)
    {
        _sessions = sessions;
        Path = path;
        _isNamed = isNamed;
    }

    /// <summary>Of hosts that are not embedded; null for a user without a home.</summary>
    public string? Path { get; }

    /// <summary>All that may tell of a move.</summary>
    public IReadOnlyList<string> All => [.. _sessions.All.Select(Of).Append(Path).OfType<string>().Distinct()];

    /// <summary>What keeps the user's own folder small; what lies in another is the user's to remove.</summary>
    public Action<string, DateTimeOffset>? Prune => _isNamed ? null : JournalPruning.Usual.Run;

    /// <summary>By the folder, or the file, that the user named, if any.</summary>
    /// <remarks>Only on the pipeline thread, as all that asks PowerShell.</remarks>
    /// <exception cref="PSArgumentException">What the user named is no place for files.</exception>
    public static LogFolder Resolve(HostSessions sessions, SessionState state, string? path)
    {
        if (path is null)
        {
            return new LogFolder(sessions, JournalFolder.Default, isNamed: false);
        }

        string resolved = state.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem"
            ? new LogFolder(sessions, resolved, isNamed: true)
            : throw new PSArgumentException($"'{path}' is a path of the {provider.Name} provider. -LogPath has to be a folder or file on disk.");
    }

    /// <summary>Where the journals of this host's moves go.</summary>
    public string? Of(HostSession? host) => (_isNamed ? null : host?.Shell.Endpoint.JournalFolder) ?? Path;

    /// <summary>Where the journals of a host's moves go, by its name.</summary>
    public string? Of(string computerName) => _sessions.Find(computerName) is { } host ? Of(host) : Path;

    /// <inheritdoc cref="HostDrain.All"/>
    public IEnumerable<HostDrain> Drains() => All.SelectMany(HostDrain.All);
}
