namespace XenMigrate.Downtime;

/// <summary>Reads a guest's heartbeat from its console's log on every host that it may be on.</summary>
internal sealed class ConsoleMeter(string guest, IReadOnlyList<HostSession> hosts, Timing timing) : IDowntimeMeter
{
    private const string Folder = "/var/log/xen/console/guest-";

    /// <summary>Some twenty minutes of beats.</summary>
    private const string Bytes = "65536";

    private static readonly TimeSpan s_betweenReads = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_betweenLastReads = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(6);

    private HeartbeatLog _log = new([]);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _log = new HeartbeatLog(await ReadAsync(cancellationToken).ConfigureAwait(false));
        if (!_log.IsAlive)
        {
            throw new HeartbeatMissingException(
                guest, $"no console log on {string.Join(", ", hosts)} ({Path("")}) has its heartbeat.");
        }
    }

    public async Task<GuestDowntime> ListenAsync(Task work, CancellationToken cancellationToken)
    {
        TimeSpan seen = timing.Elapsed();
        while (!work.IsCompleted)
        {
            using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task wait = timing.Delay(s_betweenReads, done.Token);
            _ = await Task.WhenAny(work, wait).ConfigureAwait(false);
            done.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            seen = await GrowsAsync(cancellationToken).ConfigureAwait(false) ? timing.Elapsed() : seen;
        }

        int known = _log.Beats;
        TimeSpan end = timing.Elapsed() + s_patience;
        while (_log.Beats == known && timing.Elapsed() < end)
        {
            await timing.Delay(s_betweenLastReads, cancellationToken).ConfigureAwait(false);
            _ = await GrowsAsync(cancellationToken).ConfigureAwait(false);
        }

        GuestDowntime measured = _log.Measure(guest);
        if (_log.Beats > known)
        {
            return measured with { Recovered = true };
        }

        // Between the beats that came there may be no gap at all: silence up to the end counts too.
        TimeSpan silence = timing.Elapsed() - seen - HeartbeatLog.Interval;
        return measured with { Outage = silence > measured.Outage ? silence : measured.Outage };
    }

    /// <summary>Reads once more, and says whether there are new beats.</summary>
    private async Task<bool> GrowsAsync(CancellationToken cancellationToken)
    {
        int before = _log.Beats;
        _log.Add(await ReadAsync(cancellationToken).ConfigureAwait(false));
        return _log.Beats > before;
    }

    private async Task<IReadOnlyList<HeartbeatLine>> ReadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<HeartbeatLine>[] read =
            await Task.WhenAll(hosts.Select(host => ReadAsync(host, cancellationToken))).ConfigureAwait(false);
        return [.. read.SelectMany(lines => lines)];
    }

    private async Task<IReadOnlyList<HeartbeatLine>> ReadAsync(HostSession host, CancellationToken cancellationToken)
    {
        try
        {
            // Where a guest arrived by xl, its console was opened under the name that it had on the way.
            IReadOnlyList<CommandResult> results = await host.Shell.RunAllAsync(
                [Tail(""), Tail("--incoming")], HostShellExtensions.ReadTimeout, cancellationToken).ConfigureAwait(false);
            return [.. results.Where(result => result.Succeeded).SelectMany(result => HeartbeatLine.Parse(guest, result.Output))];
        }
        catch (XenMigrateException)
        {
            // A host that can't be asked just now has no say: the guest may well be on the other.
            return [];
        }
    }

    private RemoteCommand Tail(string suffix) => new("tail", "-c", Bytes, "--", Path(suffix));

    private string Path(string suffix) => $"{Folder}{guest}{suffix}.log";
}
