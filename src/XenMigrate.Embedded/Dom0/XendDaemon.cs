namespace XenMigrate.Embedded.Dom0;

/// <summary>xend itself: it reads its configuration once, at its start, and runs the relocation server if that says so.</summary>
internal sealed class XendDaemon(ControlDomain dom0, TransferTimes times) : IDisposable
{
    private readonly object _lock = new();
    private readonly List<RelocationServer> _servers = [];
    private RelocationServer? _server;
    private HostProcess? _process;
    private IPEndPoint? _address;

    public bool IsRunning => Configuration is not null;

    /// <summary>What it read when it started; null while it does not run.</summary>
    public XendConfiguration? Configuration { get; private set; }

    /// <summary>The port that it listens on for guests, or null.</summary>
    public int? ListensOn => _address?.Port;

    /// <summary>Whether it listens on one address only.</summary>
    public bool ListensOnOneAddress { get; private set; }

    /// <summary>False if it can't start with its configuration; xend-debug.log says why.</summary>
    public bool Start()
    {
        lock (_lock)
        {
            if (IsRunning)
            {
                return true;
            }

            XendConfiguration configuration;
            try
            {
                configuration = XendConfiguration.Parse(dom0.Files.Find(XendConfiguration.Path) is null
                    ? ""
                    : dom0.Files.ReadText(XendConfiguration.Path));
            }
            catch (ConfigurationInvalidException e)
            {
                dom0.Files.Append("/var/log/xen/xend-debug.log", $"Error: {e.Message}\n");
                return false;
            }

            if (configuration.RelocationServer && configuration.HostsAllow.IsBroken)
            {
                dom0.Files.Append("/var/log/xen/xend-debug.log", "Error: sre_constants.error: xend-relocation-hosts-allow\n");
                return false;
            }

            Configuration = configuration;
            _process = dom0.Processes.Add("python /usr/sbin/xend start", () => Stop(), dom0.Machine.Profile.XendProcess);
            dom0.Log.Info("SrvDaemon:283", "Xend Daemon started");
            Listen(configuration);
            return true;
        }
    }

    /// <summary>Ends it, and with it every transfer that comes in; guests go on.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            if (!IsRunning)
            {
                return;
            }

            if (_address is not null)
            {
                dom0.Network.StopListening(_address);
            }

            _server?.Dispose();
            (_server, _address, Configuration) = (null, null, null);
            dom0.Processes.Remove(_process!);
            dom0.Log.Info("SrvDaemon:297", "Xend exited with status 0.");
        }
    }

    public void Dispose() => Stop();

    /// <summary>Whether what a transfer brought here runs here: true; false and it never will; null if nobody can tell.</summary>
    public bool? Settle(Guid token)
    {
        RelocationServer[] servers;
        lock (_lock)
        {
            servers = [.. _servers];
        }

        // A server that was stopped still knows how its transfers ended.
        return dom0.Machine.IsOn ? Array.Exists(servers, server => server.Settle(token)) : null;
    }

    /// <summary>Takes a half guest away.</summary>
    private void GiveUp(EmbeddedGuest guest)
    {
        RelocationServer[] servers;
        lock (_lock)
        {
            servers = [.. _servers];
        }

        Array.ForEach(servers, server => server.GiveUp(guest));
    }

    private void Listen(XendConfiguration configuration)
    {
        ListensOnOneAddress = configuration.RelocationAddress is not ("" or "0.0.0.0");
        if (!configuration.RelocationServer)
        {
            return;
        }

        bool isOwn = !ListensOnOneAddress || HostProfile.Named(configuration.RelocationAddress) == dom0.Machine.Profile;
        if (!isOwn)
        {
            // On the loopback it could listen, and nobody of the pair would hear of it.
            dom0.Log.Error("relocate:133", $"can't listen on {configuration.RelocationAddress}: Cannot assign requested address");
            return;
        }

        IncomingGuests guests = new(dom0);
        guests.Terminated += GiveUp;
        _server = new RelocationServer(guests, endpoint => Admits(configuration, endpoint), times);
        _servers.Add(_server);
        _address = new IPEndPoint(dom0.Machine.Profile.Address, configuration.RelocationPort);
        dom0.Network.Listen(_address, _server.Endpoint);
    }

    private bool Admits(XendConfiguration configuration, IPEndPoint real)
    {
        IPAddress address = dom0.Network.PeerOf(real) ?? real.Address;
        string name = HostProfile.NameOf(address);
        if (configuration.HostsAllow.Admits(name, address.ToString()))
        {
            return true;
        }

        dom0.Log.Warning("connection:293", $"Rejected connection from {address} ({name}).");
        return false;
    }
}
