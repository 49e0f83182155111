namespace XenMigrate.Fleet.Placement;

/// <summary>
/// Finds each guest the host that may have it and keeps most memory free: the largest guests first, since they have the
/// least choice. Memory that a leaving guest will give back is not counted on.
/// </summary>
internal sealed class GuestPlacement
{
    private readonly PlacementOptions _options;

    // The one with most room first; a name decides between equals, so that a plan can be made again.
    private readonly SortedSet<Candidate> _candidates = [];

    private GuestPlacement(IEnumerable<FleetHost> destinations, PlacementOptions options)
    {
        _options = options;
        foreach (FleetHost host in destinations)
        {
            _ = _candidates.Add(new Candidate(host));
        }
    }

    public static FleetPlan Plan(
        IReadOnlyList<FleetGuest> guests, IReadOnlyList<FleetHost> destinations, PlacementOptions options, DateTimeOffset now)
    {
        GuestPlacement placement = new(destinations, options);
        PlannedMove?[] moves = new PlannedMove?[guests.Count];
        UnplacedGuest?[] unplaced = new UnplacedGuest?[guests.Count];
        foreach (int i in Enumerable.Range(0, guests.Count).OrderByDescending(i => guests[i].MemoryMB))
        {
            (moves[i], unplaced[i]) = placement.Place(guests[i]);
        }

        return new FleetPlan
        {
            Move = [.. moves.OfType<PlannedMove>().ToArray().Sort(options.Order)],
            Unplaced = [.. unplaced.OfType<UnplacedGuest>()],
            Host = destinations,
            Order = options.Order,
            GeneratedAt = now,
        };
    }

    private (PlannedMove?, UnplacedGuest?) Place(FleetGuest guest)
    {
        int refused = 0;
        int apart = 0;
        Candidate? found = null;
        Candidate? roomiest = null;

        foreach (Candidate candidate in _candidates.Where(candidate => !candidate.Is(guest.Source)))
        {
            roomiest ??= candidate;
            if (candidate.FreeMemoryMB < guest.MemoryMB)
            {
                // Nor has any after it.
                break;
            }

            if (candidate.KeepsApart(guest))
            {
                apart++;
            }
            else if (!_options.MayGo(guest, candidate.Name))
            {
                refused++;
            }
            else
            {
                found = candidate;
                break;
            }
        }

        if (found is null)
        {
            return (null, Unplaced(guest, Reason(guest, roomiest, refused, apart)) with
            {
                ErrorId = roomiest is not null && refused + apart == 0 ? "InsufficientMemory" : "PreflightFailed",
            });
        }

        // Out of the set while that changes by which it is sorted.
        _ = _candidates.Remove(found);
        found.Take(guest);
        _ = _candidates.Add(found);
        return (Planned(guest, found.Name), null);
    }

    private PlannedMove Planned(FleetGuest guest, string destination)
    {
        (TimeSpan? duration, TimeSpan? downtime) = _options.Rate?.Predict(guest) ?? (null, null);
        return new PlannedMove
        {
            Name = guest.Name,
            Uuid = guest.Uuid,
            Source = guest.Source,
            Destination = destination,
            MemoryMB = guest.MemoryMB,
            Apart = guest.Apart,
            PredictedDuration = duration,
            PredictedDowntime = downtime,
        };
    }

    private static UnplacedGuest Unplaced(FleetGuest guest, string reason) => new()
    {
        Name = guest.Name, Uuid = guest.Uuid, Source = guest.Source, MemoryMB = guest.MemoryMB, Reason = reason,
    };

    private static string Reason(FleetGuest guest, Candidate? roomiest, int refused, int apart)
    {
        if (roomiest is null)
        {
            return $"the only destination is {guest.Source}, where it is already.";
        }

        if (refused + apart == 0)
        {
            return $"it needs {guest.MemoryMB} MiB, and the most that is left is {roomiest.FreeMemoryMB} MiB, on {roomiest.Name}.";
        }

        List<string> why = [];
        if (refused > 0)
        {
            why.Add($"the checks refuse {refused}");
        }

        if (apart > 0)
        {
            why.Add($"{apart} {(apart == 1 ? "has" : "have")} another of '{guest.Apart}'");
        }

        return $"of the destinations with {guest.MemoryMB} MiB left, {string.Join(" and ", why)}.";
    }

    /// <summary>A destination, as full as the plan makes it so far.</summary>
    private sealed class Candidate(FleetHost host) : IComparable<Candidate>
    {
        private readonly HashSet<string> _apart = new(host.Apart, StringComparer.OrdinalIgnoreCase);

        public string Name => host.ComputerName;

        public long FreeMemoryMB { get; private set; } = host.FreeMemoryMB;

        public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

        public bool KeepsApart(FleetGuest guest) => guest.Apart is not null && _apart.Contains(guest.Apart);

        public void Take(FleetGuest guest)
        {
            FreeMemoryMB -= guest.MemoryMB;
            if (guest.Apart is not null)
            {
                _ = _apart.Add(guest.Apart);
            }
        }

        public int CompareTo(Candidate? other)
        {
            int byRoom = (other?.FreeMemoryMB ?? 0).CompareTo(FreeMemoryMB);
            return byRoom != 0 ? byRoom : string.Compare(Name, other?.Name, StringComparison.OrdinalIgnoreCase);
        }
    }
}
