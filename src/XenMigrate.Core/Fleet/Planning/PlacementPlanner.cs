namespace XenMigrate.Fleet.Planning;

/// <summary>
/// Plans the moves that bring guests where they are wanted, in steps: who is in another's way goes by a third host. Changes nothing.
/// </summary>
internal static class PlacementPlanner
{
    /// <exception cref="PlacementUnreachableException">No sequence of moves was found.</exception>
    /// <exception cref="PlacementInvalidException">The placement can't be.</exception>
    public static async Task<FleetPlan> PlanAsync(PlacementRequest request, Timing timing, CancellationToken cancellationToken)
    {
        HostEnd[] hosts = [.. request.Hosts.Concat(request.Sources).GroupBy(host => host.Name, StringComparer.OrdinalIgnoreCase).Select(group => group.First())];
        GuestsOfHost[] lists = await Task.WhenAll(hosts.Select(host => GuestsOfHost.AskAsync(host, cancellationToken))).ConfigureAwait(false);
        if (lists.FirstOrDefault(list => list.Problem is not null) is { Problem: { } problem })
        {
            // A host that does not say what it has would be planned for blindly.
            throw problem;
        }

        Guest[] all = [.. lists.SelectMany(list => list.Guests!)];
        (WantedPlace Wanted, Guest? Guest)[] found = [.. request.Wanted.Select(wanted => (wanted, all.FirstOrDefault(wanted.Is)))];
        RequireOnce(found);
        Dictionary<string, HostSession> sessions = hosts.ToDictionary(host => host.Name, host => host.Session!, StringComparer.OrdinalIgnoreCase);
        LeavingGuest[] leaving =
        [
            .. found.Where(each => each.Guest is { } guest && !Same(guest.ComputerName, each.Wanted.ComputerName))
                .Select(each => new LeavingGuest(each.Guest!, sessions[each.Guest!.ComputerName]) { Live = request.Live }),
        ];
        UnplacedGuest[] gone = [.. found.Where(each => each.Guest is null).Select(each => NotFound(each.Wanted))];
        if (leaving.Length == 0)
        {
            return new FleetPlan { Unplaced = gone, GeneratedAt = timing.Now() };
        }

        FleetFindings findings = await FleetSurvey.AskAsync(new FleetRequest(leaving, request.Hosts) { Checks = request.Checks }, timing, cancellationToken)
            .ConfigureAwait(false);
        Fleet fleet = new(request, findings, all, found.Where(each => each.Guest is not null).ToDictionary(each => Key(each.Guest!), each => each.Wanted.ComputerName));
        return await fleet.PlanAsync(gone, timing, cancellationToken).ConfigureAwait(false);
    }

    private static UnplacedGuest NotFound(WantedPlace wanted) => new()
    {
        Name = wanted.Name,
        Uuid = wanted.Uuid,
        Reason = $"it is on none of the hosts, and was to go to {wanted.ComputerName}.",
        ErrorId = "GuestNotFound",
    };

    private static void RequireOnce((WantedPlace Wanted, Guest? Guest)[] found)
    {
        foreach (IGrouping<string, (WantedPlace Wanted, Guest? Guest)> twice in found.Where(each => each.Guest is not null).GroupBy(each => Key(each.Guest!)).Where(group => group.Skip(1).Any()))
        {
            throw new PlacementInvalidException($"{twice.First().Wanted.Name} is wanted at {string.Join(" and at ", twice.Select(each => each.Wanted.ComputerName))}.");
        }
    }

    private static string Key(Guest guest) => GuestIdentity.Of(guest.Uuid, guest.ComputerName, guest.Name);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The hosts and the guests that take part, by their places in lists, as the sequencer wants them.</summary>
    private sealed class Fleet(PlacementRequest request, FleetFindings findings, IReadOnlyList<Guest> all, IReadOnlyDictionary<string, string> wanted)
    {
        private readonly HostFacts[] _hosts =
        [
            .. findings.Destinations.Concat(findings.Sources).GroupBy(host => host.Host, StringComparer.OrdinalIgnoreCase)
                .Select(group => group.First()).OrderBy(host => host.Host, StringComparer.OrdinalIgnoreCase),
        ];
        private readonly GuestOutlook[] _outlooks = [.. findings.Guests.Where(outlook => outlook.Now is not null)];

        public async Task<FleetPlan> PlanAsync(IReadOnlyList<UnplacedGuest> gone, Timing timing, CancellationToken cancellationToken)
        {
            GuestOutlook[] may = [.. _outlooks.Where(outlook => outlook.To(Wanted(outlook))?.Live is not null)];
            UnplacedGuest[] refused = [.. _outlooks.Except(may).Select(Refused)];
            IReadOnlyDictionary<string, string> words = await WordsAsync().ConfigureAwait(false);
            HashSet<string> moving = [.. may.Select(outlook => Key(outlook.Leaving.Guest))];
            SequenceGuest[] guests =
            [
                .. may.Select(outlook => Sequenced(outlook.Now!, Wanted(outlook), words)),
                // Who stays is in nobody's way but of those that are kept apart from it.
                .. all.Where(guest => words.ContainsKey(Key(guest)) && !moving.Contains(Key(guest)) && Host(guest.ComputerName) >= 0)
                    .Select(guest => Sequenced(guest, guest.ComputerName, words)),
            ];
            SequenceRules rules = new([.. _hosts.Select(FleetFindings.RoomMB)])
            {
                // Where a guest comes back from a third host, its own move looks again.
                MayGo = (guest, host) => guest < may.Length && (Same(may[guest].Leaving.Source.ComputerName, _hosts[host].Host) || may[guest].To(_hosts[host].Host)?.Live is not null),
            };
            MoveSequence sequence = Find(guests, rules, cancellationToken);
            IReadOnlyList<int> steps = SequenceSteps.Of(sequence.Moves, guests, rules);
            return new FleetPlan
            {
                Move = [.. sequence.Moves.Select((move, i) => Planned(move, may[move.Guest], guests[move.Guest], steps[i]))],
                Unplaced = [.. refused, .. gone],
                Host = [.. _hosts.Select(host => new FleetHost { ComputerName = host.Host, FreeMemoryMB = FleetFindings.RoomMB(host) })],
                GeneratedAt = timing.Now(),
            };
        }

        private static MoveSequence Find(SequenceGuest[] guests, SequenceRules rules, CancellationToken cancellationToken)
        {
            MoveSequence sequence;
            try
            {
                sequence = MoveSequencer.Find(guests, rules, cancellationToken);
            }
            catch (ArgumentException e)
            {
                throw new PlacementInvalidException(e.Message);
            }

            return sequence.Offline.Count == 0
                ? sequence
                : throw new PlacementUnreachableException([.. sequence.Offline.Select(guest => guests[guest].Name)], sequence.Proved);
        }

        private SequenceGuest Sequenced(Guest guest, string host, IReadOnlyDictionary<string, string> words) => new(
            guest.Name,
            FreeMemoryCheck.NeededMB(guest),
            Host(guest.ComputerName),
            Host(host),
            words.TryGetValue(Key(guest), out string? word) ? word : null);

        private async Task<IReadOnlyDictionary<string, string>> WordsAsync()
        {
            Guest[] asked = request.Apart is null ? [] : [.. all.Where(guest => !guest.IsControlDomain && guest.Id is not null)];
            IReadOnlyList<string?> words = asked.Length == 0 ? [] : await request.Apart!(asked).ConfigureAwait(false);
            return Enumerable.Range(0, asked.Length).Where(i => words[i] is not null)
                .GroupBy(i => Key(asked[i])).ToDictionary(group => group.Key, group => words[group.First()]!);
        }

        private PlannedMove Planned(SequencedMove move, GuestOutlook outlook, SequenceGuest guest, int step) => new()
        {
            Name = guest.Name,
            Uuid = outlook.Now!.Uuid,
            Source = _hosts[move.From!.Value].Host,
            Destination = _hosts[move.To!.Value].Host,
            MemoryMB = guest.MemoryMB,
            Mode = outlook.To(_hosts[move.To.Value].Host)?.Live ?? request.Live ? MigrationMode.Live : MigrationMode.Offline,
            Apart = guest.Apart,
            Step = step,
        };

        private UnplacedGuest Refused(GuestOutlook outlook)
        {
            GuestRoute? route = outlook.To(Wanted(outlook));
            CheckResult[] blocking = [.. (route?.Check ?? []).Where(MigrationReport.Blocks)];
            return new UnplacedGuest
            {
                Name = outlook.Now!.Name,
                Uuid = outlook.Now.Uuid,
                Source = outlook.Leaving.Source.ComputerName,
                MemoryMB = outlook.Now.MemoryMB,
                Reason = $"the checks refuse {Wanted(outlook)}.",
                Blocker = [.. blocking.Select(check => PlanBlocker.Of(Wanted(outlook), check))],
                ErrorId = blocking.Select(check => check.ErrorId).FirstOrDefault(id => id is not null) ?? "PreflightFailed",
                Check = route?.Check ?? [],
            };
        }

        private string Wanted(GuestOutlook outlook) => wanted[Key(outlook.Leaving.Guest)];

        private int Host(string name) => Array.FindIndex(_hosts, host => Same(host.Host, name));
    }
}
