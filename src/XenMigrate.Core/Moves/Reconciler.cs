namespace XenMigrate.Moves;

/// <summary>Asks both hosts who has the guest, and again while something is still being taken away.</summary>
internal sealed class Reconciler(HostSession source, HostSession destination, Timing timing)
{
    // The receiver of a broken stream needs some seconds to take its half-made copy away; on a busy host, libxl waits up to
    // 40 s for a device's script and 10 s for the device before it goes on.
    private static readonly TimeSpan s_settleLimit = TimeSpan.FromSeconds(100);

    // xend waits up to 100 s for the devices of a guest that came, then wakes it or takes it away; the source does not wait.
    private static readonly TimeSpan s_xendSettleLimit = TimeSpan.FromSeconds(130);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <param name="moved">The guest as it was.</param>
    /// <param name="wasKept">Whether the tool said that the destination never had all of it.</param>
    /// <param name="lease">What is held of the guest: once both hosts were asked, it is given back, if nothing changes any more. Null for nothing.</param>
    public async Task<Reconciliation> RunAsync(Guest moved, bool wasKept = false, GuestLease? lease = null)
    {
        TimeSpan until = timing.Elapsed() + (moved.Toolstack == ToolstackKind.Xend ? s_xendSettleLimit : s_settleLimit);

        while (true)
        {
            // No token: whatever the user wants by now, where the guest is has to be known.
            // Mostly one look is enough. The lease that goes back with it is only for that no other move begins between the
            // looks at the two hosts.
            Task<HostView> here = LookAsync(source, moved, lease);
            Task<HostView> there = LookAsync(destination, moved, lease);
            HostView sourceView = await here.ConfigureAwait(false);
            HostView destinationView = await there.ConfigureAwait(false);
            Verdict verdict = Verdict.Of(sourceView, destinationView, wasKept);

            if (verdict.Settled || timing.Elapsed() >= until)
            {
                return new Reconciliation(verdict, sourceView, destinationView);
            }

            if (lease is not null)
            {
                await Task.WhenAll(
                    lease.TakeAgainAsync(source.Shell, moved.Name), lease.TakeAgainAsync(destination.Shell, moved.Name)).ConfigureAwait(false);
                lease = null;
            }

            await timing.Delay(s_interval, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<HostView> LookAsync(HostSession host, Guest moved, GuestLease? lease)
    {
        try
        {
            IHostShell shell = host.Shell;
            IReadOnlyList<Guest> guests = await host.Toolstack.Via(lease?.GivingBack(shell) ?? shell)
                .ListStatesAsync(CancellationToken.None).ConfigureAwait(false);
            return HostView.Of(host.ComputerName, guests, moved);
        }
        catch (XenMigrateException e)
        {
            return HostView.Silent(host.ComputerName, e.Message);
        }
    }
}

/// <summary>What both hosts hold, and what that means.</summary>
internal sealed record Reconciliation(Verdict Verdict, HostView Source, HostView Destination)
{
    public override string ToString() => $"{Source}; {Destination}";
}
