namespace XenMigrate.Lifecycle;

/// <summary>
/// Starts, stops, pauses and resumes guests on one host. Each method acts and then looks, since tools report success
/// for what they did not do.
/// </summary>
internal sealed class GuestLifecycle(HostSession host, Timing timing)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>Every other host at hand: what runs there is not to run here too.</summary>
    public IReadOnlyList<HostSession> OtherHosts { get; init; } = [];

    /// <summary>Whether copies that moves left are touched, as only their repair may.</summary>
    public bool SettlesMoves { get; init; }

    /// <summary>Who acts; null for who holds no lease, and acts only while nobody else does.</summary>
    public GuestLease? Lease { get; init; }

    private IHostShell Shell => host.Shell;

    private Toolstack Toolstack => host.Toolstack;

    /// <summary>Starts a guest from a configuration file on the host, if no other host has it, and returns it.</summary>
    /// <exception cref="GuestCopyElsewhereException">Another host has it.</exception>
    /// <exception cref="GuestCopyNotExcludedException">Another host that may have it does not answer.</exception>
    public async Task<Guest> StartAsync(string configurationPath, bool paused, CancellationToken cancellationToken)
    {
        RemotePath.RequireAbsolute(configurationPath);
        HashSet<int?> before = [.. (await ListAsync(cancellationToken).ConfigureAwait(false)).Select(guest => guest.Id)];
        CommandResult file = await Shell.RunAsync(ConfiguredGuest.Read(configurationPath), cancellationToken).ConfigureAwait(false);
        Guest? wanted = file.Succeeded ? ConfiguredGuest.Of(file.Output, host.ComputerName) : null;
        if (wanted?.Uuid is { } uuid)
        {
            GuestLease lease = GuestLease.Of(wanted, $"starts {wanted.Name} on {host}", timing);
            GuardedShell shell = new(Shell, new Expectation { Toolstack = Toolstack.Kind, Uuid = uuid }, lease);
            _ = await lease.DuringAsync(async () =>
            {
                await new CopiesElsewhere(host, OtherHosts).HoldAsync(lease, wanted, cancellationToken).ConfigureAwait(false);
                await Toolstack.Via(shell).CreateAsync(configurationPath, paused, cancellationToken).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        else
        {
            // Without a uuid nothing can be held of it, and its name alone tells it.
            await (wanted is null ? Task.CompletedTask : new CopiesElsewhere(host, OtherHosts).RequireNoneAsync(wanted, cancellationToken)).ConfigureAwait(false);
            await Toolstack.CreateAsync(configurationPath, paused, cancellationToken).ConfigureAwait(false);
        }

        // Ids are given out upwards; of several new guests, ours was made last.
        return (await ListAsync(cancellationToken).ConfigureAwait(false))
            .Where(guest => !before.Contains(guest.Id))
            .OrderByDescending(guest => guest.Id)
            .FirstOrDefault()
            ?? throw new GuestStateUnexpectedException(configurationPath, host.ComputerName, "a guest", "none");
    }

    /// <summary>Asks a guest to shut down and waits until it is gone.</summary>
    /// <exception cref="ShutdownTimeoutException">It took longer; it may still do it.</exception>
    public async Task ShutDownAsync(Guest guest, TimeSpan timeout, CancellationToken cancellationToken)
    {
        RequireNoLeftover(guest);
        if (!guest.State.IsAlive())
        {
            throw new GuestNotRunningException(guest, "running to be asked to shut down");
        }

        TimeSpan until = timing.Elapsed() + timeout;
        await Acting(guest, Expectation.Any).ShutDownAsync(guest.Id!.Value, cancellationToken).ConfigureAwait(false);

        while (await FindAsync(guest, cancellationToken).ConfigureAwait(false) is { Activity: not GuestState.ShutDown })
        {
            if (timing.Elapsed() >= until)
            {
                throw new ShutdownTimeoutException(guest, timeout);
            }

            await timing.Delay(s_interval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends a guest at once, as pulling its plug would.</summary>
    public Task DestroyAsync(Guest guest, CancellationToken cancellationToken) =>
        DestroyAsync(guest, Expectation.Any, cancellationToken);

    /// <summary>Takes away a copy that stands still; one that runs by now stays.</summary>
    public Task DestroyStillAsync(Guest guest, CancellationToken cancellationToken) =>
        DestroyAsync(guest, Expectation.Still, cancellationToken);

    private async Task DestroyAsync(Guest guest, string states, CancellationToken cancellationToken)
    {
        RequireNoLeftover(guest);
        await Acting(guest, states).DestroyAsync(guest.Id!.Value, cancellationToken).ConfigureAwait(false);
        if (await FindAsync(guest, cancellationToken).ConfigureAwait(false) is { Activity: not GuestState.Dying } left)
        {
            throw new GuestStateUnexpectedException(guest.Name, host.ComputerName, "gone", left.State.ToString());
        }
    }

    /// <summary>Pauses a guest, and returns it paused.</summary>
    public async Task<Guest> PauseAsync(Guest guest, CancellationToken cancellationToken)
    {
        RequireNoLeftover(guest);
        await Acting(guest, Expectation.Awake).PauseAsync(guest.Id!.Value, cancellationToken).ConfigureAwait(false);
        return await RequireAsync(guest, state => state == GuestState.Paused, "Paused", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets a paused guest go on, and returns it.</summary>
    /// <exception cref="GuestCopyElsewhereException">Another host has a copy of it.</exception>
    public async Task<Guest> UnpauseAsync(Guest guest, CancellationToken cancellationToken)
    {
        RequireNoLeftover(guest);
        if (guest.Activity == GuestState.Suspended)
        {
            throw new NotSupportedByToolstackException(
                host.ComputerName,
                $"{guest.Name} is suspended, not paused, and this toolstack has no command to wake it.",
                Toolstack.Kind != ToolstackKind.Xend
                    ? $"If no move of it is under way or broke off (Repair-GuestMigration), on {host.ComputerName}: xl resume {guest.Id} "
                        + $"(Xen 4.20 and newer; before that: {new XlResume(HasCommand: false).Command(guest.Id!.Value)})."
                    : $"On {host.ComputerName}, destroy it and start it anew.");
        }

        await new CopiesElsewhere(host, OtherHosts).RequireNoneSeenAsync(guest, cancellationToken).ConfigureAwait(false);
        await Acting(guest, "running paused suspended").UnpauseAsync(guest.Id!.Value, cancellationToken).ConfigureAwait(false);
        return await RequireAsync(guest, GuestStates.IsAlive, "Running", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Wakes a suspended guest, and returns it.</summary>
    public async Task<Guest> ResumeAsync(Guest guest, XlResume waking, CancellationToken cancellationToken)
    {
        // Its exit code is that of a save which was to fail.
        _ = await Guarded(guest, "suspended").RunAsync(waking.Command(guest.Id!.Value), cancellationToken).ConfigureAwait(false);
        return await RequireAsync(guest, GuestStates.IsAlive, "Running", cancellationToken).ConfigureAwait(false);
    }

    private void RequireNoLeftover(Guest guest)
    {
        if (guest.IsLeftover() && !SettlesMoves)
        {
            throw new GuestIsLeftoverException(guest);
        }
    }

    /// <summary>What drives a guest, for one act on just that.</summary>
    private Toolstack Acting(Guest guest, string states) => host.ToolstackOf(guest.Toolstack).Via(Guarded(guest, states));

    private GuardedShell Guarded(Guest guest, string states) => GuardedShell.Of(Shell, guest, states, Lease);

    private async Task<Guest> RequireAsync(
        Guest guest, Func<GuestState, bool> isRight, string expected, CancellationToken cancellationToken)
    {
        Guest? now = await FindAsync(guest, cancellationToken).ConfigureAwait(false);
        return now is not null && isRight(now.Activity)
            ? now
            : throw new GuestStateUnexpectedException(
                guest.Name, host.ComputerName, expected, now?.Activity.ToString() ?? "gone");
    }

    private async Task<Guest?> FindAsync(Guest guest, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(now => now.Id == guest.Id);

    private Task<IReadOnlyList<Guest>> ListAsync(CancellationToken cancellationToken) =>
        Toolstack.ListAsync(cancellationToken);
}
