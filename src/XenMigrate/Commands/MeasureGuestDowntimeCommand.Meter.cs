namespace XenMigrate;

/// <content>What is watched.</content>
public sealed partial class MeasureGuestDowntimeCommand
{
    private readonly List<HostSession> _hosts = [];

    /// <summary>Whether a guest without a heartbeat is there at all, as far as its hosts tell; of an address nobody knows that.</summary>
    private async Task<bool> IsThereAsync(string name, CancellationToken cancellationToken)
    {
        GuestsOfHost[] found = await Task.WhenAll(_hosts.Select(host => GuestsOfHost.AskAsync(host, cancellationToken))).ConfigureAwait(false);
        return ParameterSetName != NameSet || found.Any(host => host.Guests is null || host.Guests.Any(guest => guest.Name == name));
    }

    /// <summary>Every connected host, and the one of a guest that brought its session, though another runspace opened it.</summary>
    private MigrationHost[] HostsOf(HostSession? own) => own is null
        ? ConnectedHosts()
        : [.. OtherHosts(own).Prepend(own).Select(session => new MigrationHost(session))];

    private async Task<IDowntimeMeter> MeterAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == AddressSet)
        {
            if (Interval < TimeSpan.FromMilliseconds(10))
            {
                throw new PSArgumentException($"-Interval is {Figures.Time(Interval)}. It has to be 0.01 s or more.");
            }

            return Port is { } port
                ? new ProbeMeter($"{Address}:{port}", GuestDowntimeBasis.Tcp, token => NetworkProbes.ConnectAsync(Address, port, token), Interval, Timing.Real)
                : new ProbeMeter(Address, GuestDowntimeBasis.Ping, _ => NetworkProbes.PingAsync(Address), Interval, Timing.Real);
        }

        _hosts.Clear();
        HostSession? own = Guest?.Session is HostSession { IsConnected: true } session ? session : null;
        foreach (MigrationHost host in ComputerName.Length > 0 ? Expand(ComputerName) : HostsOf(own))
        {
            _hosts.Add(await ResolveAsync(host, cancellationToken).ConfigureAwait(false));
        }

        string guest = ParameterSetName == GuestSet ? Guest!.Name : await FindNameAsync(_hosts, cancellationToken).ConfigureAwait(false);
        return new ConsoleMeter(guest, _hosts, Timing.Real);
    }

    /// <summary>The guest's name; for a pattern, that of the only guest that fits it.</summary>
    private async Task<string> FindNameAsync(IReadOnlyList<HostSession> hosts, CancellationToken cancellationToken)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(Name))
        {
            return WildcardPattern.Unescape(Name);
        }

        GuestFilter filter = new() { Criteria = [GuestSearch.Criterion(Name)], SparesLeftovers = true };
        string[] found = [.. (await Search.SearchAsync([.. hosts.Select(host => new MigrationHost(host))], filter, cancellationToken).ConfigureAwait(false)).Select(guest => guest.Guest.Name).Distinct()];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new TerminatingErrorException(new GuestNotFoundException(Name, string.Join(", ", hosts))),
            _ => throw new PSArgumentException($"{Name} fits several guests: {string.Join(", ", found)}. Give the name of one of them."),
        };
    }
}
