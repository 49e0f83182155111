namespace XenMigrate.Repair.Moves;

/// <summary>
/// Joins what journals tell of moves with what hosts show of them, and finds what no journal tells of. Journals have to
/// come newest first: an older one tells of a time that the hosts know nothing of any more.
/// </summary>
internal sealed class HostMoves(IReadOnlyList<HostTraces> hosts)
{
    private readonly HashSet<string> _guests = [];
    private readonly HashSet<(string Host, int? Id)> _seen = [];

    /// <summary>How many journals told of another machine that was called as one of the hosts is.</summary>
    public int OfNamesakes { get; private set; }

    /// <returns>The move with what the hosts show of it; null if it was between other hosts.</returns>
    public GuestMigration? Join(GuestMigration move)
    {
        HostTraces[] concerned = [.. hosts.Where(host => move.From?.Is(host.Known) == true || move.To?.Is(host.Known) == true)];
        if (concerned.Length == 0)
        {
            OfNamesakes += hosts.Any(host => move.From?.IsNamesake(host.Known) == true || move.To?.IsNamesake(host.Known) == true) ? 1 : 0;
            return null;
        }

        string guest = move.Uuid?.ToString() ?? move.Name;
        // What one that touched nothing would show was left by an older one.
        if (move.TouchedNothing ? _guests.Contains(guest) : !_guests.Add(guest))
        {
            return move;
        }

        Guest moved = new() { Name = move.Name, Uuid = move.Uuid, ComputerName = move.Source ?? "" };
        return Show(move, concerned, moved);
    }

    /// <summary>Half-made and forgotten copies that no journal told of.</summary>
    public IEnumerable<GuestMigration> Unknown() => hosts
        .SelectMany(host => host.Guests.Select(guest => (host.Host, Guest: guest)))
        .Where(copy => IsTrace(copy.Guest) && !_seen.Contains((copy.Host, copy.Guest.Id)))
        .GroupBy(copy => (Name: copy.Guest.OwnName(), copy.Guest.Uuid))
        .Select(copies =>
        {
            string? from = copies.FirstOrDefault(copy => copy.Guest.State != GuestState.Incoming).Host;
            string? to = copies.FirstOrDefault(copy => copy.Guest.State == GuestState.Incoming).Host;
            // Where the guest itself is, is the other end.
            string? own = hosts.FirstOrDefault(host => host.Guests.Any(guest => guest.Name == copies.Key.Name
                && (guest.Uuid is null || guest.Uuid == copies.Key.Uuid)))?.Host;
            GuestMigration leftover = new()
            {
                Name = copies.Key.Name,
                Uuid = copies.Key.Uuid,
                Source = from ?? (own == to ? null : own),
                Destination = to ?? (own == from ? null : own),
                State = JournalState.Leftover,
                LogPath = "",
            };
            Guest moved = new() { Name = leftover.Name, Uuid = leftover.Uuid, ComputerName = leftover.Source ?? "" };
            return Show(leftover, hosts, moved);
        });

    private GuestMigration Show(GuestMigration move, IReadOnlyList<HostTraces> concerned, Guest moved)
    {
        HostView[] views = [.. concerned.Select(host => host.View(moved))];
        foreach (HostView view in views)
        {
            _seen.UnionWith(view.Copies.Select(copy => (view.Host, copy.Id)));
        }

        string[] held = [.. concerned.SelectMany(host => host.HeldBy(moved.Uuid, own: null))];
        string[] underWay = [.. concerned.Zip(views, (host, view) => host.Moving(view)).SelectMany(processes => processes)];
        return move with
        {
            // Whoever made it is gone, and the tool that does it goes on.
            State = move.State is JournalState.Finished or JournalState.NotBegun ? move.State
                : underWay.Length + held.Length > 0 ? JournalState.InFlight
                // A mover that lives keeps its hold; where every host can be asked, nobody's silence decides.
                : move is { State: JournalState.Unknown, Uuid: not null } && concerned.Count > 1 && concerned.All(host => host is { Problem: null, NoProcesses: null }) ? JournalState.Abandoned
                : move.State,
            HeldBy = held,
            Found = [.. views.Select(view => view.ToString())],
            UnderWay = underWay,
        };
    }

    private static bool IsTrace(Guest guest) =>
        guest.State is GuestState.Incoming or GuestState.MigratedAway or GuestState.Migrating;
}
