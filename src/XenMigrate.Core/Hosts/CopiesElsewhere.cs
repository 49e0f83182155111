namespace XenMigrate.Hosts;

/// <summary>Looks on other hosts for copies of a guest that is to run on one.</summary>
/// <param name="host">The host that it is to run on.</param>
/// <param name="others">Every other host at hand.</param>
internal sealed class CopiesElsewhere(HostSession host, IReadOnlyList<HostSession> others)
{
    /// <summary>None has one, and each of them says so.</summary>
    /// <exception cref="GuestCopyElsewhereException">There is one.</exception>
    /// <exception cref="GuestCopyNotExcludedException">A host does not answer.</exception>
    public Task RequireNoneAsync(Guest wanted, CancellationToken cancellationToken) => LookAsync(wanted, mustAnswer: true, cancellationToken);

    /// <summary>None has one, and nobody brings one to any of them from now on: the guest is held there too.</summary>
    /// <exception cref="GuestCopyElsewhereException">There is one.</exception>
    /// <exception cref="GuestCopyNotExcludedException">A host does not answer.</exception>
    /// <exception cref="GuestLeasedException">Somebody else works on it there.</exception>
    public async Task HoldAsync(GuestLease lease, Guest wanted, CancellationToken cancellationToken)
    {
        foreach (HostSession other in others.Where(other => !host.IsSameMachine(other)))
        {
            try
            {
                await lease.TakeAsync(other.Shell, wanted.Name, cancellationToken).ConfigureAwait(false);
            }
            catch (XenMigrateException e) when (e is not GuestLeasedException)
            {
                throw new GuestCopyNotExcludedException(wanted.Name, host.ComputerName, other.ComputerName, e);
            }
        }

        await RequireNoneAsync(wanted, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>None that answers has one: a guest that is here, under its own name, was not given away by anybody else.</summary>
    /// <exception cref="GuestCopyElsewhereException">There is one.</exception>
    public Task RequireNoneSeenAsync(Guest wanted, CancellationToken cancellationToken) => LookAsync(wanted, mustAnswer: false, cancellationToken);

    private Task LookAsync(Guest wanted, bool mustAnswer, CancellationToken cancellationToken) => Task.WhenAll(
        others.Where(other => !host.IsSameMachine(other)).Select(other => RequireNoneAsync(other, wanted, mustAnswer, cancellationToken)));

    private async Task RequireNoneAsync(HostSession other, Guest wanted, bool mustAnswer, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guest> guests;
        try
        {
            guests = await other.Toolstack.ListStatesAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            if (mustAnswer)
            {
                throw new GuestCopyNotExcludedException(wanted.Name, host.ComputerName, other.ComputerName, e);
            }

            return;
        }

        if (guests.FirstOrDefault(guest => guest.Id is not null && IsCopy(guest, wanted)) is { } found)
        {
            throw new GuestCopyElsewhereException(
                wanted.Name, host.ComputerName, other.ComputerName, $"{found.Name} (id {found.Id}, uuid {found.Uuid}, {found.Activity})");
        }
    }

    // Without a uuid, only its name tells a guest.
    private static bool IsCopy(Guest guest, Guest wanted) => !guest.IsControlDomain
        && (guest.Uuid is { } its && wanted.Uuid is { } uuid ? its == uuid : guest.OwnName() == wanted.Name);
}
