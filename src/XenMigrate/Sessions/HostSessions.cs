using System.Collections.Concurrent;

namespace XenMigrate.Sessions;

/// <summary>The sessions of one runspace, by the host's name as the user typed it.</summary>
internal sealed class HostSessions : IDisposable
{
    private readonly ConcurrentDictionary<string, HostSession> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<IHostConnector> _connector;
    private readonly object _embeddedLock = new();
    private IEmbeddedHosts? _embedded;
    private IReadOnlyList<string> _embeddedNames = [];
    private volatile bool _disposed;

    public HostSessions()
    {
        _connector = new Lazy<IHostConnector>(() => (ConnectorOverride ?? ConnectorFactory.Create)());
        Names = new GuestNameCache();
    }

    /// <summary>Raised before the sessions end; what still works by them has until the handler returns.</summary>
    public event Action? Ending;

    /// <summary>What tests connect by.</summary>
    public Func<IHostConnector>? ConnectorOverride { get; set; }

    /// <summary>What tests start in place of the embedded pair.</summary>
    public Func<IEmbeddedHosts>? EmbeddedOverride { get; set; }

    /// <summary>Guest names for tab completion.</summary>
    public GuestNameCache Names { get; }

    /// <summary>Every open session, by name.</summary>
    public IReadOnlyList<HostSession> All =>
        [.. _hosts.Values.OrderBy(host => host.ComputerName, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The sessions of the runspace that this thread works for.</summary>
    public static HostSessions Current =>
        RunspaceSessions.For(Runspace.DefaultRunspace ?? throw new InvalidOperationException("No runspace here."));

    public HostSession? Find(string computerName) =>
        _hosts.TryGetValue(computerName, out HostSession? host) ? host : null;

    /// <summary>The session with this name; opens it first if there is none. Who asks meanwhile gets the same.</summary>
    /// <exception cref="HostNotConnectedException">It is an embedded host, whose session was ended.</exception>
    public async Task<HostSession> GetOrOpenAsync(
        string computerName, Action<CommandExecution>? observe, CancellationToken cancellationToken)
    {
        SessionRequest request = new(new HostConnection(computerName), Toolstack: null);
        return Find(computerName) is { } open ? open
            : _embeddedNames.Contains(computerName, StringComparer.OrdinalIgnoreCase) ? throw HostNotConnectedException.Embedded(computerName)
            : await OpenAsync(request, observe, reuse: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a session in place of one that has the same name.</summary>
    public Task<HostSession> ReplaceAsync(
        SessionRequest request, Action<CommandExecution>? observe, CancellationToken cancellationToken) =>
        OpenAsync(request, observe, reuse: false, cancellationToken);

    /// <summary>Sessions to the embedded hosts, which start if they do not run yet.</summary>
    public async Task<IReadOnlyList<HostSession>> OpenEmbeddedAsync(
        Action<CommandExecution>? observe, CancellationToken cancellationToken)
    {
        IEmbeddedHosts embedded;
        lock (_embeddedLock)
        {
            embedded = _embedded ??= (EmbeddedOverride ?? EmbeddedFactory.Start)();
            _embeddedNames = embedded.Names;
        }

        return await Task.WhenAll(embedded.Names.Select(name => OpenAsync(
            new SessionRequest(new HostConnection(name), Toolstack: null), observe, reuse: false, cancellationToken, embedded.Connector)))
            .ConfigureAwait(false);
    }

    /// <summary>The embedded hosts, if this host is one of them.</summary>
    public IEmbeddedHosts? EmbeddedOf(HostSession host) =>
        _embedded is { } embedded && embedded.Owns(host.Shell) ? embedded : null;

    /// <summary>Ends the session with this name. With the last one to an embedded host, these hosts end.</summary>
    public bool Close(string computerName)
    {
        bool found = _hosts.TryRemove(computerName, out HostSession? host);
        End(host);
        return found;
    }

    public void Dispose()
    {
        Ending?.Invoke();
        _disposed = true;
        foreach (string name in _hosts.Keys)
        {
            _ = Close(name);
        }

        // They may have started without a session to show for it.
        lock (_embeddedLock)
        {
            _embedded?.Dispose();
            _embedded = null;
        }
    }

    /// <summary>Ends a session that is in the table no more, and the embedded hosts if it was the last that led to them.</summary>
    private void End(HostSession? host)
    {
        IEmbeddedHosts? unused = null;
        lock (_embeddedLock)
        {
            if (host is not null && EmbeddedOf(host) is { } embedded && All.All(other => EmbeddedOf(other) is null))
            {
                unused = embedded;
                _embedded = null;
            }
        }

        host?.Shell.Dispose();
        unused?.Dispose();
    }

    private async Task<HostSession> OpenAsync(
        SessionRequest request,
        Action<CommandExecution>? observe,
        bool reuse,
        CancellationToken cancellationToken,
        IHostConnector? connector = null)
    {
        string name = request.Connection.ComputerName;
        SemaphoreSlim gate = _gates.GetOrAdd(name, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);

        try
        {
            if (reuse && Find(name) is { } opened)
            {
                return opened;
            }

            // Nobody means to lose a guest that lives in this process by connecting to another host of that name.
            if (connector is null && Find(name) is { } taken && EmbeddedOf(taken) is not null)
            {
                throw new HostNameTakenException(name);
            }

            HostSession host = await request.OpenAsync(connector ?? _connector.Value, observe, cancellationToken).ConfigureAwait(false);
            _hosts.TryGetValue(name, out HostSession? earlier);
            _hosts[name] = host;
            End(earlier);
            // Its runspace may have closed meanwhile, and nobody would close what came after it.
            _ = _disposed && Close(name);
            return host;
        }
        finally
        {
            _ = gate.Release();
        }
    }
}
