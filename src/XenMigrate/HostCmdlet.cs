namespace XenMigrate;

/// <summary>A cmdlet that talks to hosts, by the sessions of its runspace.</summary>
public abstract class HostCmdlet : AsyncCmdlet
{
    private HostSessions? _sessions;
    private volatile Action<string>? _tell;

    /// <summary>The sessions of the runspace that this cmdlet runs in.</summary>
    internal HostSessions Sessions => _sessions!;

    /// <summary>Looks for guests on hosts.</summary>
    private protected GuestSearch Search => new(this);

    /// <summary>What hears of each remote execution: null while nobody reads the verbose stream.</summary>
    private protected Action<CommandExecution>? Observer => IsVerbose ? Tell : null;

    private protected override void Prepare() => _sessions = HostSessions.Current;

    /// <summary>The host with its session, opened if need be: the one to run commands on.</summary>
    internal async Task<HostSession> ResolveAsync(MigrationHost host, CancellationToken cancellationToken)
    {
        HostSession session = await SessionAsync(host, cancellationToken).ConfigureAwait(false);
        return Observer is { } observe ? session.Via(shell => ObservedHostShell.Of(shell, observe)) : session;
    }

    /// <summary>Connects to all hosts at once, each once. One that can't be reached is an end without a session.</summary>
    internal async Task<HostEnd[]> ConnectAsync(IEnumerable<MigrationHost> hosts, CancellationToken cancellationToken)
    {
        using HostGate gate = new();
        return await Task.WhenAll(Expand(hosts).GroupBy(host => host.ComputerName, StringComparer.OrdinalIgnoreCase)
            .Select(group => gate.EnterAsync(() => EndAsync(group.First(), cancellationToken), cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>A host that can't be reached is a finding of the checks, not an error.</summary>
    private protected async Task<HostEnd> EndAsync(MigrationHost host, CancellationToken cancellationToken)
    {
        try
        {
            return await ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            return new HostEnd(host.ComputerName, null, $"{e.Message} {e.Advice}");
        }
    }

    /// <summary>The same hosts, but for a pattern the connected ones that fit it.</summary>
    internal IEnumerable<MigrationHost> Expand(IEnumerable<MigrationHost> hosts) =>
        hosts.SelectMany(host => IsPattern(host) ? Matching(host.ComputerName) : [host]);

    /// <summary>The same destinations, but for a pattern the connected ones that fit it and are not the source, if that is known.</summary>
    /// <exception cref="TerminatingErrorException">Only patterns were given, and none fits.</exception>
    private protected MigrationHost[] ExpandDestinations(IReadOnlyCollection<MigrationHost> hosts, MigrationHost? source = null)
    {
        MigrationHost[] expanded =
        [
            .. hosts.SelectMany(host => IsPattern(host)
                ? Matching(host.ComputerName).Where(found => source is null || !HaveSameName(found, source))
                : [host]),
        ];
        return expanded.Length > 0 || hosts.Count == 0
            ? expanded
            : throw new TerminatingErrorException(HostNotConnectedException.NotOne(hosts.First().ComputerName, []));
    }

    /// <summary>The same host, but for a pattern the connected one that fits it.</summary>
    /// <exception cref="TerminatingErrorException">None fits the pattern, or several do.</exception>
    private protected MigrationHost ExpandToOne(MigrationHost host)
    {
        try
        {
            return IsPattern(host) ? OnlyMatch(host) : host;
        }
        catch (HostNotConnectedException e)
        {
            throw new TerminatingErrorException(e);
        }
    }

    /// <summary>Whether it is one host by its name.</summary>
    private protected static bool HaveSameName(MigrationHost one, MigrationHost other) => IsCalled(one.ComputerName, other.ComputerName);

    /// <summary>Every connected host.</summary>
    /// <exception cref="TerminatingErrorException">There is none.</exception>
    internal MigrationHost[] ConnectedHosts()
    {
        MigrationHost[] all = [.. Sessions.All.Select(session => new MigrationHost(session))];
        return all.Length > 0 ? all : throw new TerminatingErrorException(new HostNotConnectedException());
    }

    /// <summary>Every connected host but this one.</summary>
    private protected IReadOnlyList<HostSession> OtherHosts(HostSession host) =>
        [.. Sessions.All.Where(other => !IsCalled(other.ComputerName, host.ComputerName))];

    /// <summary>The sessions whose name is this or matches it; without wildcards, none is an error.</summary>
    private protected IReadOnlyList<MigrationHost> FindSessions(string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            return Matching(name);
        }

        if (Sessions.Find(WildcardPattern.Unescape(name)) is { } session)
        {
            return [new MigrationHost(session)];
        }

        PostError(new HostNotConnectedException(name), name);
        return [];
    }

    /// <summary>From now on what hosts are asked is told elsewhere, as by a job that goes on when the cmdlet has ended.</summary>
    internal void TellVerboseBy(Action<string> tell) => _tell = tell;

    private async Task<HostSession> SessionAsync(MigrationHost host, CancellationToken cancellationToken)
    {
        if (host.Session is { IsConnected: true } session)
        {
            return session;
        }

        // Where one host is wanted, a pattern has to fit one: no name with wildcards is anybody's in DNS.
        if (IsPattern(host))
        {
            return OnlyMatch(host).Session!;
        }

        // Of a broken session, the next command connects again: unless it was ended, and then it is not in the table.
        return host.Session is null
            ? await Sessions.GetOrOpenAsync(host.ComputerName, Observer, cancellationToken).ConfigureAwait(false)
            : Sessions.Find(host.ComputerName) ?? throw new HostNotConnectedException(host.ComputerName);
    }

    private MigrationHost OnlyMatch(MigrationHost host)
    {
        MigrationHost[] found = Matching(host.ComputerName);
        return found.Length == 1
            ? found[0]
            : throw HostNotConnectedException.NotOne(host.ComputerName, [.. found.Select(match => match.ComputerName)]);
    }

    private protected static bool IsPattern(MigrationHost host) =>
        host.State == HostSessionState.NotConnected && WildcardPattern.ContainsWildcardCharacters(host.ComputerName);

    private MigrationHost[] Matching(string name)
    {
        WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return [.. Sessions.All.Where(session => pattern.IsMatch(session.ComputerName)).Select(session => new MigrationHost(session))];
    }

    private static bool IsCalled(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private static string Shown(RemoteCommand command) =>
        GuardedAct.Is(command.Words) ? $"{GuardedAct.Act(command).Shown} (guarded)" : command.Shown;

    private void Tell(CommandExecution execution)
    {
        string commands = string.Join("; ", execution.Commands.Select(Shown));
        string exitCodes = string.Join(
            ", ", execution.ExitCodes.Select(code => code.ToString(CultureInfo.InvariantCulture)));
        string text = $"{execution.ComputerName}: {commands} (exit code {exitCodes}, {execution.Duration.TotalMilliseconds:0} ms)";
        if (_tell is { } tell)
        {
            tell(text);
            return;
        }

        Post(() => WriteVerbose(text));
    }
}
