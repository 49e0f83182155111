namespace XenMigrate.Embedded.Dom0;

/// <summary>The source's side of a move: xend's sequence around the transfer.</summary>
/// <param name="settle">Asks the destination's xend whether it runs what a transfer brought there.</param>
internal sealed class XendSender(ControlDomain dom0, XendMove move, Func<Guid, bool?> settle, TransferTimes times)
{
    private readonly Domain _domain = move.Domain;
    private readonly string _tool = FormattableString.Invariant($"/usr/lib64/xen/bin/xc_save 22 {move.Domain.Id} 0 0 {(move.Live ? 1 : 0)}");
    private SocketError? _unreachable;

    private string Name => _domain.Configuration.Name;

    /// <exception cref="XendException">The guest did not move; it is at the source as it was, or the message says otherwise.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _domain.Begin("it is being moved");
        try
        {
            Conclude(await SendAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _domain.End();
            dom0.Hypervisor.ReleaseIfLost(_domain);
        }
    }

    private async Task<RelocationResult> SendAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource terminated = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        HostProcess process = dom0.Processes.Add(_tool, () => Cancel(terminated));
        dom0.Log.Debug("XendDomain:1257", $"domain_migrate: {Name} to {move.Destination.Name}:{move.Port}, live={(move.Live ? 1 : 0)}");
        dom0.Log.Debug("XendCheckpoint:89", $"[xc_save]: {_tool}");
        _domain.Guest.Name = "migrating-" + Name;
        _domain.Guest.Description = DomainSxp.Of(_domain.Configuration).ToString();
        try
        {
            RelocationClient client = new(Connect, settle, times);
            return await client.SendAsync(_domain.Guest, move.Options, move.Live, Note, terminated.Token).ConfigureAwait(false);
        }
        catch (Exception) when (_domain.Guest.Running)
        {
            // Whatever it was, the guest never left.
            Stays();
            throw;
        }
        finally
        {
            dom0.Processes.Remove(process);
        }
    }

    private void Conclude(RelocationResult result)
    {
        if (result.Outcome == RelocationOutcome.Moved)
        {
            dom0.Log.Debug("XendDomainInfo:1557", $"XendDomainInfo.destroy: domid={_domain.Id}");
            dom0.Consoles.Detach(_domain.Guest, Name);
            dom0.Hypervisor.Remove(_domain);
            return;
        }

        if (result.Outcome == RelocationOutcome.Unknown)
        {
            dom0.Log.Error("XendCheckpoint:133", $"Save failed on domain {Name} ({_domain.Id}): {result.Reason}");
            throw new XendException($"{_tool} failed: {result.Reason}");
        }

        Stays();
        dom0.Log.Error("XendCheckpoint:133", $"Save failed on domain {Name} ({_domain.Id}) - resuming.");
        throw new XendException(_unreachable is { } error ? $"can't connect: {Words(error)}"
            : result.Rejected ? "can't connect: [Errno 104] Connection reset by peer"
            : $"{_tool} failed: {result.Reason} (from {move.Destination.Name})");
    }

    private void Stays()
    {
        _domain.Guest.Name = Name;
        _domain.IsSuspended = false;
    }

    private Socket Connect()
    {
        try
        {
            return dom0.Network.Connect(dom0.Machine.Profile.Address, new IPEndPoint(move.Destination.Address, move.Port));
        }
        catch (SocketException e)
        {
            _unreachable = e.SocketErrorCode;
            throw;
        }
    }

    private void Note(PreCopyReport report)
    {
        switch (report)
        {
            case PreCopyReport.RoundEnded { Iteration: { } round }:
                double milliseconds = Math.Max(1, round.Duration.TotalMilliseconds);
                dom0.Log.Info("XendCheckpoint:351", string.Format(
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
                _domain.IsSuspended = true;
                dom0.Log.Debug("XendCheckpoint:154", "suspend");
                dom0.Log.Debug("XendCheckpoint:157", "In saveInputHandler suspend");
                dom0.Log.Debug("XendCheckpoint:159", FormattableString.Invariant($"Suspending {_domain.Id} ..."));
                dom0.Log.Info("XendCheckpoint:164", FormattableString.Invariant($"Domain {_domain.Id} suspended."));
                break;
            case PreCopyReport.RoundProgress or PreCopyReport.TransferEnded:
                break;
        }

        move.Report(report);
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

    private static string Words(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "Connection refused",
        SocketError.HostUnreachable => "No route to host",
        SocketError.TimedOut => "Connection timed out",
        _ => error.ToString(),
    };
}
