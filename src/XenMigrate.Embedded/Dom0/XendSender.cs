namespace XenMigrate.Embedded.Dom0;

/// <summary>The source's side of a move: xend's sequence around the transfer.</summary>
internal sealed class XendSender(EmbeddedHost host, Domain domain, HostProfile destination)
{
    /// <summary>What xend's own tool does, said in our terms: never given up, and paused once hardly anything is left.</summary>
    public static PreCopyOptions Legacy { get; } = new() { MaximumDowntime = TimeSpan.FromMilliseconds(10), OfflineFallback = true };

    public bool Live { get; init; } = true;

    public int Port { get; init; }

    public PreCopyOptions Options { get; init; } = Legacy;

    /// <summary>Gets each report of the transfer.</summary>
    public Action<PreCopyReport> Report { get; init; } = _ => { };

    /// <exception cref="XendException">The guest did not move; it is at the source as it was, or the message says otherwise.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        domain.Begin("it is being moved");
        try
        {
            await MoveAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            domain.End();
            host.ReleaseIfLost(domain);
        }
    }

    private async Task MoveAsync(CancellationToken cancellationToken)
    {
        string name = domain.Configuration.Name;
        string tool = FormattableString.Invariant($"/usr/lib64/xen/bin/xc_save 22 {domain.Id} 0 0 {(Live ? 1 : 0)}");
        SocketError? unreachable = null;
        using CancellationTokenSource terminated = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        HostProcess process = host.Processes.Add(tool, () => Cancel(terminated));
        host.Log.Debug("XendDomain:1257", $"domain_migrate: {name} to {destination.Name}:{Port}, live={(Live ? 1 : 0)}");
        host.Log.Debug("XendCheckpoint:89", $"[xc_save]: {tool}");
        domain.Guest.Name = "migrating-" + name;
        domain.Guest.Description = DomainSxp.Of(domain.Configuration).ToString();

        RelocationResult result;
        try
        {
            RelocationClient client = new(
                Connect, token => Task.FromResult(host.Peer(destination).Xend.Settle(token)), host.Times);
            result = await client.SendAsync(domain.Guest, Options, Live, Note, terminated.Token).ConfigureAwait(false);
        }
        catch (Exception) when (domain.Guest.Running)
        {
            // Whatever it was, the guest never left.
            Stays();
            throw;
        }
        finally
        {
            host.Processes.Remove(process);
        }

        if (result.Outcome == RelocationOutcome.Moved)
        {
            host.Log.Debug("XendDomainInfo:1557", $"XendDomainInfo.destroy: domid={domain.Id}");
            host.Consoles.Detach(domain.Guest, name);
            host.Hypervisor.Remove(domain);
            return;
        }

        if (result.Outcome == RelocationOutcome.Unknown)
        {
            host.Log.Error("XendCheckpoint:133", $"Save failed on domain {name} ({domain.Id}): {result.Reason}");
            throw new XendException($"{tool} failed: {result.Reason}");
        }

        Stays();
        host.Log.Error("XendCheckpoint:133", $"Save failed on domain {name} ({domain.Id}) - resuming.");
        throw new XendException(unreachable is { } error ? $"can't connect: {Words(error)}"
            : result.Rejected ? "can't connect: [Errno 104] Connection reset by peer"
            : Words(tool, result.Reason));

        void Stays()
        {
            domain.Guest.Name = name;
            domain.IsSuspended = false;
        }

        Socket Connect()
        {
            try
            {
                return host.Network.Connect(host.Profile.Address, new IPEndPoint(destination.Address, Port));
            }
            catch (SocketException e)
            {
                unreachable = e.SocketErrorCode;
                throw;
            }
        }
    }

    private void Note(PreCopyReport report)
    {
        switch (report)
        {
            case PreCopyReport.RoundEnded { Iteration: { } round }:
                double milliseconds = Math.Max(1, round.Duration.TotalMilliseconds);
                host.Log.Info("XendCheckpoint:351", string.Format(
                    CultureInfo.InvariantCulture,
                    "{0}: sent {1}, skipped 0, delta {2:0}ms, dom0 20%, target 0%, sent {3:0}Mb/s, dirtied {4:0}Mb/s {5} pages",
                    round.Number + 1,
                    round.Pages,
                    milliseconds,
                    round.Pages * 32.768 / milliseconds,
                    round.DirtyPages * 32.768 / milliseconds,
                    round.DirtyPages));
                break;
            case PreCopyReport.GuestSuspended:
                domain.IsSuspended = true;
                host.Log.Debug("XendCheckpoint:154", "suspend");
                host.Log.Debug("XendCheckpoint:157", "In saveInputHandler suspend");
                host.Log.Debug("XendCheckpoint:159", FormattableString.Invariant($"Suspending {domain.Id} ..."));
                host.Log.Info("XendCheckpoint:164", FormattableString.Invariant($"Domain {domain.Id} suspended."));
                break;
            case PreCopyReport.RoundProgress or PreCopyReport.TransferEnded:
                break;
        }

        Report(report);
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The transfer ended at the same moment.
        }
    }

    private string Words(string tool, string reason) => $"{tool} failed: {reason} (from {destination.Name})";

    private static string Words(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "Connection refused",
        SocketError.HostUnreachable => "No route to host",
        SocketError.TimedOut => "Connection timed out",
        _ => error.ToString(),
    };
}
