namespace XenMigrate;

/// <content>What Move-Guest does with guests, plans and reports.</content>
public sealed partial class MoveGuestCommand
{
    private readonly List<LeavingGuest> _guests = [];
    private HostSession? _destination;
    private ReportMover? _reports;

    private protected override CheckSettings CheckSettings => ClockTolerance is { } tolerance
        ? new CheckSettings { ClockTolerance = tolerance }
        : base.CheckSettings;

    // A plan says it of each guest.
    internal override bool MovesLive => Live || ParameterSetName == PlanSet;

    // Without a destination, what comes is plans or reports.
    private protected override bool MayMoveLive => MovesLive || Destination.Length == 0;

    protected override async Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        Argument.RequireNotNegative("-ClockTolerance", ClockTolerance);
        await base.BeginProcessingAsync(cancellationToken).ConfigureAwait(false);
        Destination = ExpandDestinations(Destination);
        if (MigrationAddress is not null && (Destination.Length > 1 || ParameterSetName == PlanSet))
        {
            throw new PSArgumentException("-MigrationAddress is one host's address, and there may be several destinations here. Leave it out, or name a single -Destination.");
        }

        if (Destination.Length == 1)
        {
            _destination = await RequireAsync(() => ResolveAsync(Destination[0], cancellationToken)).ConfigureAwait(false);
        }
    }

    protected override Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        RequireObeyed(MovesLive);
        return ParameterSetName switch
        {
            ReportSet => ProcessReportsAsync(cancellationToken),
            PlanSet => ProcessPlanAsync(cancellationToken),
            _ => ProcessGuestsAsync(cancellationToken),
        };
    }

    protected override async Task EndProcessingAsync(CancellationToken cancellationToken)
    {
        if (Destination.Length > 1 || AntiAffinity is not null)
        {
            await PlanAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _guests.ForEach(guest => Add(new GuestMove(guest.Guest, guest.Source, _destination!)));
        }

        WarnOfDrained();

        // A plan's order may have been changed by hand.
        MoveOrder order = ParameterSetName == PlanSet ? MoveOrder.None : Sort;
        WindowLimits limits = WindowLimits.Of(ThrottleLimit, HostLimit);
        bool inJob = AsJob && !await AskAsync(() => Preference.IsWhatIf(this)).ConfigureAwait(false);
        await (inJob ? MoveAllInJobAsync(limits, order) : MoveAllAsync(limits, order, cancellationToken)).ConfigureAwait(false);
    }

    private async Task ProcessGuestsAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == GuestSet && Guest.Length == 0)
        {
            throw new PSArgumentException("No guests were given. Name them, and the host that they are to go to: Move-Guest NAME -Destination HOST -Live.");
        }

        if (Destination.Length == 0)
        {
            throw new PSArgumentException("No destination was given. Name the host that the guests are to go to: -Destination HOST.");
        }

        IReadOnlyList<GuestOnHost> found = await Search.FindAsync(
            [.. Guest, .. GivenObjects.In<Guest>(Name)],
            Name,
            () => ComputerName is null ? null : [ComputerName],
            new GuestFilter { Criteria = [] },
            cancellationToken).ConfigureAwait(false);
        ILookup<bool, GuestOnHost> byPlace = found.ToLookup(IsThere);
        foreach (GuestOnHost guest in byPlace[true])
        {
            bool isMeant = ParameterSetName == GuestSet
                || (Name.Any(name => GuestSearch.Criterion(name) is { MustExist: true } exact && exact.Matches(guest.Guest))
                    && byPlace[false].All(other => other.Guest.Name != guest.Guest.Name));
            string message = $"{guest.Guest} is on {guest.Host} already.";
            // What a pattern found besides interests few.
            Post(() => (isMeant ? (Action<string>)WriteWarning : WriteVerbose)(message));
        }

        _guests.AddRange(byPlace[false].Select(guest => new LeavingGuest(guest.Guest, guest.Host) { Live = Live }));
    }

    /// <summary>Whether a guest has nowhere to go. Who says himself that it comes from its destination is told why it can't.</summary>
    private bool IsThere(GuestOnHost guest) =>
        Destination.Length == 1 && HaveSameName(new MigrationHost(guest.Host), Destination[0]) && (ParameterSetName == GuestSet || ComputerName is null);

    /// <summary>A host that was emptied is so for a reason, which whoever names it may not know.</summary>
    private void WarnOfDrained()
    {
        HostDrain[] drains = [.. Journals.Drains()];
        foreach (HostSession host in Moves.Select(move => move.Destination).Distinct())
        {
            if (Array.Find(drains, drain => drain.Host.Is(host.Named)) is { } drain)
            {
                Post(() => WriteWarning($"{host} was drained at {drain.BeganAt.LocalDateTime:g}. Resume-MigrationHost {host} puts it back into service."));
            }
        }
    }
}
