namespace XenMigrate.Fleet.Planning;

/// <summary>
/// Plans where guests go: each to a destination whose checks pass and that keeps most memory free, and no destination
/// gets more than it has room for. Changes nothing.
/// </summary>
internal static class FleetPlanner
{
    public static async Task<FleetPlan> PlanAsync(FleetRequest request, Timing timing, CancellationToken cancellationToken)
    {
        // Named twice, a guest still needs one place.
        FleetRequest once = request with
        {
            Guests =
            [
                .. request.Guests.GroupBy(guest => Identity(guest.Guest), StringComparer.Ordinal).Select(group => group.First()),
            ],
        };
        FleetFindings found = await FleetSurvey.AskAsync(once, timing, cancellationToken).ConfigureAwait(false);
        GuestOutlook[] here = [.. found.Guests.Where(outlook => outlook.Now is not null)];
        IReadOnlyDictionary<string, string?> apart = await ApartAsync(once, found).ConfigureAwait(false);

        Dictionary<FleetGuest, GuestOutlook> outlooks = here.ToDictionary(outlook => Describe(outlook, apart));
        FleetPlan plan = GuestPlacement.Plan(
            [.. outlooks.Keys],
            found.Destinations.Select(host => new FleetHost
            {
                ComputerName = host.Host,
                FreeMemoryMB = FleetFindings.RoomMB(host),
                Apart = [.. (host.Guests.Value ?? []).Select(guest => Word(apart, guest)).OfType<string>().Distinct()],
            }).ToArray(),
            new PlacementOptions
            {
                MayGo = (guest, destination) => outlooks[guest].To(destination)?.Live is not null,
                Order = request.Order,
            },
            timing.Now());

        Dictionary<string, (FleetGuest Guest, GuestOutlook Outlook)> byIdentity =
            outlooks.ToDictionary(pair => Identity(pair.Key), pair => (pair.Key, pair.Value), StringComparer.Ordinal);
        return plan with
        {
            Move = [.. plan.Move.Select(move => Complete(move, byIdentity[Identity(move)], request))],
            // An array, which PowerShell can index.
            Unplaced = plan.Unplaced.Select(guest => Complete(guest, byIdentity[Identity(guest)].Outlook))
                .Concat(found.Guests.Where(outlook => outlook.Now is null).Select(Gone)).ToArray(),
        };
    }

    private static async Task<IReadOnlyDictionary<string, string?>> ApartAsync(FleetRequest request, FleetFindings found)
    {
        if (request.Apart is null)
        {
            return new Dictionary<string, string?>();
        }

        // As they were named: whoever named them may have hung something onto them.
        Guest[] guests =
        [
            .. found.Guests.Select(outlook => outlook.Leaving.Guest)
                .Concat(found.Destinations.SelectMany(host => host.Guests.Value ?? []).Where(guest => !guest.IsControlDomain))
                .GroupBy(Identity, StringComparer.Ordinal).Select(group => group.First()),
        ];
        IReadOnlyList<string?> words = await request.Apart(guests).ConfigureAwait(false);
        return Enumerable.Range(0, guests.Length)
            .ToDictionary(index => Identity(guests[index]), index => words[index], StringComparer.Ordinal);
    }

    private static FleetGuest Describe(GuestOutlook outlook, IReadOnlyDictionary<string, string?> apart) => new()
    {
        Name = outlook.Now!.Name,
        Uuid = outlook.Now.Uuid,
        Source = outlook.Leaving.Source.ComputerName,
        MemoryMB = FreeMemoryCheck.NeededMB(outlook.Now),
        Apart = Word(apart, outlook.Leaving.Guest),
    };

    private static PlannedMove Complete(PlannedMove move, (FleetGuest Guest, GuestOutlook Outlook) known, FleetRequest request)
    {
        bool live = known.Outlook.To(move.Destination)?.Live == true;
        (TimeSpan? duration, TimeSpan? downtime) = request.BytesPerSecond is { } rate
            ? new TransferRate(rate, live, new PreCopyOptions().MaximumDowntime).Predict(known.Guest)
            : (null, null);
        return move with
        {
            Mode = live ? MigrationMode.Live : MigrationMode.Offline,
            PredictedDuration = duration,
            PredictedDowntime = downtime,
        };
    }

    private static UnplacedGuest Complete(UnplacedGuest guest, GuestOutlook outlook)
    {
        PlanBlocker[] blockers =
        [
            .. outlook.Routes.Where(route => route.Live is null)
                .SelectMany(route => route.Check.Where(MigrationReport.Blocks).Select(check => PlanBlocker.Of(route.Destination, check))),
        ];
        return guest with
        {
            Blocker = blockers,
            ErrorId = blockers.Select(blocker => blocker.ErrorId).FirstOrDefault(id => id is not null) ?? guest.ErrorId,
            Check = [.. outlook.Routes.SelectMany(route => route.Check)],
        };
    }

    private static UnplacedGuest Gone(GuestOutlook outlook) => new()
    {
        Name = outlook.Leaving.Guest.Name,
        Uuid = outlook.Leaving.Guest.Uuid,
        Source = outlook.Leaving.Source.ComputerName,
        MemoryMB = outlook.Leaving.Guest.MemoryMB,
        Reason = $"it is not on {outlook.Leaving.Source} any more.",
        ErrorId = "GuestNotFound",
    };

    private static string? Word(IReadOnlyDictionary<string, string?> apart, Guest guest) =>
        apart.TryGetValue(Identity(guest), out string? word) ? word : null;

    private static string Identity(Guest guest) => GuestIdentity.Of(guest.Uuid, guest.ComputerName, guest.Name);

    private static string Identity(FleetGuest guest) => GuestIdentity.Of(guest.Uuid, guest.Source, guest.Name);

    private static string Identity(PlannedMove move) => GuestIdentity.Of(move.Uuid, move.Source, move.Name);

    private static string Identity(UnplacedGuest guest) => GuestIdentity.Of(guest.Uuid, guest.Source, guest.Name);
}
