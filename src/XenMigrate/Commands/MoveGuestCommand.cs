namespace XenMigrate;

/// <summary>Move-Guest moves guests to another host, and says for each where it is afterwards.</summary>
[Cmdlet(
    VerbsCommon.Move,
    "Guest",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Medium,
    // Not the one with names: of that, PowerShell would not go on to plans and reports in the pipeline.
    DefaultParameterSetName = GuestSet)]
[OutputType(typeof(MigrationResult), typeof(Guest), typeof(Job))]
public sealed class MoveGuestCommand : ReportMoveCmdlet
{
    private const string GuestSet = "Guest";
    private const string NameSet = "Name";
    private const string ReportSet = "Report";
    private const string PlanSet = "Plan";

    private readonly List<LeavingGuest> _guests = [];
    private HostSession? _destination;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = GuestSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GuestCompleter))]
    public Guest[] Guest { get; set; } = [];

    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = NameSet)]
    [Alias("GuestName", "Domain")]
    [Takes(typeof(Guest))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(GuestCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Where the guests are; without it, every connected host is asked.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost? ComputerName { get; set; }

    /// <summary>Of several, each guest goes to one whose checks pass and that keeps most memory free.</summary>
    // Not mandatory for guests of a pipeline: PowerShell would take them for reports then, and say of each that it is none.
    [Parameter(Position = 1, ParameterSetName = GuestSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [Alias("DestinationHost", "To")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost[] Destination { get; set; } = [];

    /// <summary>Reports of Test-MigrationEnvironment: moves each one's guests to its destination.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ReportSet)]
    [Alias("CompatibilityReport")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamedVariableCompleter))]
    public MigrationReport[] Report { get; set; } = [];

    /// <summary>Plans of New-MigrationPlan, as they were made or changed since.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PlanSet)]
    [ValidateNotNullOrEmpty]
    [Plan]
    [ArgumentCompleter(typeof(NamedVariableCompleter))]
    public FleetPlan Plan { get; set; } = null!;

    /// <summary>Copies the memory while the guest runs; without it, the guest stands still meanwhile.</summary>
    [Parameter(ParameterSetName = GuestSet)]
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = ReportSet)]
    [Parameter(ParameterSetName = PlanSet)]
    public SwitchParameter Live { get; set; }

    /// <summary>A script block or a guest's property: guests with the same value are kept on different hosts.</summary>
    [Parameter(ParameterSetName = GuestSet)]
    [Parameter(ParameterSetName = NameSet)]
    [ValidateNotNullOrEmpty]
    public object? AntiAffinity { get; set; }

    /// <summary>How many guests are moved at a time.</summary>
    [Parameter(ParameterSetName = GuestSet)]
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = PlanSet)]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 2;

    /// <summary>How many of these may leave one host at a time, and how many come to one; -ThrottleLimit without it.</summary>
    [Parameter(ParameterSetName = GuestSet)]
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = PlanSet)]
    [ValidateRange(1, 1000)]
    public int? HostLimit { get; set; }

    /// <summary>In which order the moves begin.</summary>
    [Parameter(ParameterSetName = GuestSet)]
    [Parameter(ParameterSetName = NameSet)]
    public MoveOrder Sort { get; set; }

    /// <summary>Moves them in a job, and returns that at once.</summary>
    [Parameter(ParameterSetName = GuestSet)]
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = PlanSet)]
    public SwitchParameter AsJob { get; set; }

    /// <summary>How far the hosts' clocks may be apart; 1 s without it.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? ClockTolerance { get; set; }

    private protected override int? MovesPerHost => HostLimit;

    private protected override CheckSettings CheckSettings => ClockTolerance is { } tolerance
        ? new CheckSettings { ClockTolerance = tolerance }
        : base.CheckSettings;

    // A plan says it of each guest.
    private protected override bool MovesLive => Live || ParameterSetName == PlanSet;

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
            try
            {
                _destination = await ResolveAsync(Destination[0], cancellationToken).ConfigureAwait(false);
            }
            catch (XenMigrateException e)
            {
                throw new TerminatingErrorException(e);
            }
        }
    }

    protected override Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        RequireObeyed(MovesLive);
        return ParameterSetName switch
        {
            ReportSet => ProcessReportsAsync(Report, Live, cancellationToken),
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
        if (AsJob && !await AskAsync(IsWhatIf).ConfigureAwait(false))
        {
            await MoveAllInJobAsync(ThrottleLimit, order).ConfigureAwait(false);
            return;
        }

        await MoveAllAsync(ThrottleLimit, order, cancellationToken).ConfigureAwait(false);
    }

    private async Task ProcessGuestsAsync(CancellationToken cancellationToken)
    {
        if (Destination.Length == 0)
        {
            throw new PSArgumentException("No destination was given. Name the host that the guests are to go to: -Destination HOST.");
        }

        IReadOnlyList<GuestOnHost> found = await FindAsync(
            [.. Guest, .. GivenObjects.In<Guest>(Name)],
            Name,
            () => ComputerName is null ? null : [ComputerName],
            new GuestFilter { Criteria = [] },
            cancellationToken).ConfigureAwait(false);
        ILookup<bool, GuestOnHost> byPlace = found.ToLookup(IsThere);
        foreach (GuestOnHost guest in byPlace[true])
        {
            bool isMeant = ParameterSetName == GuestSet
                || (Name.Any(name => Criterion(name) is { MustExist: true } exact && exact.Matches(guest.Guest))
                    && byPlace[false].All(other => other.Guest.Name != guest.Guest.Name));
            string message = $"{guest.Guest} is on {guest.Host} already.";
            Post(() => Say(message, isMeant));
        }

        _guests.AddRange(byPlace[false].Select(guest => new LeavingGuest(guest.Guest, guest.Host) { Live = Live }));
    }

    /// <summary>Whether a guest has nowhere to go. Who says himself that it comes from its destination is told why it can't.</summary>
    private bool IsThere(GuestOnHost guest) =>
        Destination.Length == 1 && HaveSameName(new MigrationHost(guest.Host), Destination[0]) && (ParameterSetName == GuestSet || ComputerName is null);

    /// <summary>A warning of what was meant; what a pattern found besides interests few.</summary>
    private void Say(string message, bool isMeant)
    {
        if (isMeant)
        {
            WriteWarning(message);
            return;
        }

        WriteVerbose(message);
    }

    private async Task PlanAsync(CancellationToken cancellationToken)
    {
        HostEnd[] destinations = await ConnectAsync(Destination, cancellationToken).ConfigureAwait(false);
        FleetRequest request = new(_guests, destinations)
        {
            Checks = Checks,
            Settings = CheckSettings,
            Order = Sort,
            Apart = AntiAffinity is { } rule ? guests => AskAsync(() => XenMigrate.AntiAffinity.WordsOf(rule, guests)) : null,
        };
        await AddAsync(
            await FleetPlanner.PlanAsync(request, Timing.Real, cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>A host that was emptied is so for a reason, which whoever names it may not know.</summary>
    private void WarnOfDrained()
    {
        HashSet<string> names = new(Moves.Select(move => move.Destination.ComputerName), StringComparer.OrdinalIgnoreCase);
        foreach (HostDrain drain in Journals.Drains().Where(drain => names.Contains(drain.ComputerName)))
        {
            Post(() => WriteWarning(
                $"{drain.ComputerName} was drained at {drain.BeganAt.LocalDateTime:g}. Resume-MigrationHost {drain.ComputerName} puts it back into service."));
        }
    }

    private async Task ProcessPlanAsync(CancellationToken cancellationToken)
    {
        if (Plan.FindProblems() is { Count: > 0 } problems)
        {
            PostError(new PlanInvalidException(problems), Plan);
            return;
        }

        if (Live && Plan.Move.FirstOrDefault(move => move.Mode != MigrationMode.Live) is { } offline)
        {
            throw new PSArgumentException($"The plan decides how guests move, and it moves {offline.Name} offline. New-MigrationPlan -Live plans live moves.");
        }

        // Who had no place when the plan was made was told then.
        await AddAsync(Plan with { Unplaced = [] }, cancellationToken).ConfigureAwait(false);
    }
}
