namespace XenMigrate.Fleet.Batches;

/// <summary>The moves of a plan, on hosts that are connected; and what stands in the way of others.</summary>
/// <param name="Moves">In the order of the plan.</param>
/// <param name="Refused">Guests that the plan has no place for.</param>
/// <param name="Problems">What is so of hosts and guests that the plan names.</param>
internal sealed record PlannedMoves(
    IReadOnlyList<GuestMove> Moves, IReadOnlyList<RefusedMove> Refused, IReadOnlyList<(XenMigrateException Error, object Target)> Problems)
{
    /// <summary>Looks for the guests where the plan saw them.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="ends">Its hosts.</param>
    /// <param name="live">How a guest would move that has no place.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    public static async Task<PlannedMoves> FindAsync(
        FleetPlan plan, IReadOnlyList<HostEnd> ends, bool live, CancellationToken cancellationToken)
    {
        Dictionary<string, HostEnd> byName = ends.ToDictionary(end => end.Name, StringComparer.OrdinalIgnoreCase);
        string hosts = string.Join(", ", plan.Host.Select(host => host.ComputerName));
        HostEnd[] sources = [.. plan.Move.Select(move => byName[move.Source]).Distinct()];
        GuestsOfHost[] lists = await Task.WhenAll(sources.Select(source => GuestsOfHost.AskAsync(source, cancellationToken))).ConfigureAwait(false);
        Dictionary<string, IReadOnlyList<Guest>> guests = lists.Where(list => list.Guests is not null)
            .ToDictionary(list => list.Host, list => list.Guests!, StringComparer.OrdinalIgnoreCase);

        IReadOnlyDictionary<string, IReadOnlyList<Guest>> elsewhere = await ListOthersAsync(plan, ends, guests, cancellationToken).ConfigureAwait(false);
        List<GuestMove> moves = [];
        List<(XenMigrateException, object)> problems = [.. lists.Where(list => list.Problem is not null).Select(list => (list.Problem!, (object)list.Host))];
        // Of a source that does not answer that is told already.
        foreach (PlannedMove move in plan.Move.Where(move => guests.ContainsKey(First(move, plan).Source)))
        {
            if (Find(First(move, plan), guests) is not { } guest)
            {
                string[] found = [.. elsewhere.Where(host => host.Value.Any(move.Is)).Select(host => host.Key)];
                problems.Add((GuestNotFoundException.Planned(move.Name, move.Source, move.Destination, found), move));
            }
            else if (new[] { byName[move.Source], byName[move.Destination] }.FirstOrDefault(end => end.Session is null) is { } lost)
            {
                problems.Add((new HostUnreachableException(lost.Name, lost.Problem!), move));
            }
            else
            {
                moves.Add(new GuestMove(guest, byName[move.Source].Session!, byName[move.Destination].Session!)
                {
                    Live = move.Mode == MigrationMode.Live, Step = move.Step,
                });
            }
        }

        return new PlannedMoves(moves, [.. plan.Unplaced.Select(guest => new RefusedMove(guest.Refuse(hosts, live), guest))], problems);
    }

    /// <summary>The first move of its guest: that is where the guest is now, though this one may be another.</summary>
    private static PlannedMove First(PlannedMove move, FleetPlan plan) => move.Step == 1 || move.Uuid is null
        ? move
        : plan.Move.Where(other => other.Uuid == move.Uuid).OrderBy(other => other.Step).First();

    // What xend or libvirt only manages may have the same uuid.
    private static Guest? Find(PlannedMove move, Dictionary<string, IReadOnlyList<Guest>> guests) =>
        guests[move.Source].OrderByDescending(there => there.Id is not null).FirstOrDefault(move.Is);

    /// <summary>What all hosts of the plan have that answer, where a guest is not where the plan saw it: it may be on one of them.</summary>
    private static async Task<IReadOnlyDictionary<string, IReadOnlyList<Guest>>> ListOthersAsync(
        FleetPlan plan, IReadOnlyList<HostEnd> ends, Dictionary<string, IReadOnlyList<Guest>> guests, CancellationToken cancellationToken)
    {
        if (plan.Move.All(move => !guests.ContainsKey(First(move, plan).Source) || Find(First(move, plan), guests) is not null))
        {
            return guests;
        }

        GuestsOfHost[] others = await Task.WhenAll(
            ends.Where(end => !guests.ContainsKey(end.Name)).Distinct().Select(end => GuestsOfHost.AskAsync(end, cancellationToken))).ConfigureAwait(false);
        return guests.Concat(others.Where(other => other.Guests is not null).Select(other => new KeyValuePair<string, IReadOnlyList<Guest>>(other.Host, other.Guests!)))
            .ToDictionary(host => host.Key, host => host.Value, StringComparer.OrdinalIgnoreCase);
    }
}
