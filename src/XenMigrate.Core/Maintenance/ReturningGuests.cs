namespace XenMigrate.Maintenance;

/// <summary>Finds the guests that left a host: those that may be brought back, and why the others may not.</summary>
/// <param name="Away">Those that are where they went.</param>
/// <param name="Back">Those that are back already.</param>
/// <param name="Problem">Why the others are not to be brought back.</param>
/// <param name="IsSettled">Whether all problems are such that no other attempt would mend: a guest is gone, or was moved elsewhere.</param>
internal sealed record ReturningGuests(
    IReadOnlyList<LeavingGuest> Away,
    IReadOnlyList<DrainedGuest> Back,
    IReadOnlyList<(DrainedGuest Guest, XenMigrateException Error)> Problem,
    bool IsSettled)
{
    /// <param name="drain">What left.</param>
    /// <param name="hosts">The hosts that answered, with what they have.</param>
    /// <param name="mayGoOffline">Whether a guest may stand still on its way back, where it can't go live.</param>
    public static ReturningGuests Find(
        HostDrain drain, IReadOnlyList<(HostSession Host, IReadOnlyList<Guest> Guests)> hosts, Func<string, bool> mayGoOffline)
    {
        List<LeavingGuest> away = [];
        List<DrainedGuest> back = [];
        List<(DrainedGuest, XenMigrateException)> problems = [];
        bool settled = true;

        foreach (DrainedGuest guest in drain.Guest)
        {
            (HostSession Host, Guest Guest)[] found =
                [.. hosts.SelectMany(host => host.Guests.Where(guest.Is).Select(there => (host.Host, there)))];
            bool asked = hosts.Any(host => host.Host.Named.Is(guest.Destination));
            if (found.Any(there => there.Host.Named.Is(drain.Host)))
            {
                back.Add(guest);
            }
            else if (found.FirstOrDefault(there => there.Host.Named.Is(guest.Destination)) is { Guest: not null } there)
            {
                // Who left standing still was let to.
                bool offline = guest.Mode == MigrationMode.Offline || mayGoOffline(guest.Name);
                away.Add(new LeavingGuest(there.Guest, there.Host) { MayGoOffline = offline });
            }
            else if (found.Length > 0)
            {
                problems.Add((guest, new GuestElsewhereException(guest.Name, guest.Destination.Name, found[0].Host.ComputerName)));
            }
            else
            {
                settled &= asked;
                problems.Add((guest, asked ? new GuestNotFoundException(guest.Name, guest.Destination.Name)
                    : hosts.Any(host => guest.Destination.IsNamesake(host.Host.Named)) ? new HostIsAnotherException(guest.Destination.Name)
                    : new HostNotConnectedException(guest.Destination.Name)));
            }
        }

        return new ReturningGuests(away, back, problems, settled);
    }
}
