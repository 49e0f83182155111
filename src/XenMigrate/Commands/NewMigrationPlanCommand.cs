namespace XenMigrate;

/// <summary>New-MigrationPlan says which guest would go where, and in which order, and what keeps others from going.</summary>
[Cmdlet(VerbsCommon.New, "MigrationPlan", DefaultParameterSetName = NameSet)]
[OutputType(typeof(FleetPlan))]
public sealed class NewMigrationPlanCommand : GuestCmdlet
{
    private const string PlacementSet = "Placement";

    private readonly List<LeavingGuest> _guests = [];
    private CheckSelection _checks = CheckSelection.Everything;

    /// <summary>Where guests are to be: guests and their hosts in a hashtable, or objects with a Name and a ComputerName.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlacementSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamedVariableCompleter))]
    public object[] Placement { get; set; } = [];

    /// <summary>Where the guests may go; with a placement, further hosts that may have a guest for a while.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = GuestSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [Parameter(ParameterSetName = PlacementSet)]
    [Alias("DestinationHost", "To")]
    [ValidateNotNullOrEmpty]
    [NotAGuest]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost[] Destination { get; set; } = [];

    /// <summary>Plans live moves; without it, the guests stand still meanwhile.</summary>
    [Parameter]
    public SwitchParameter Live { get; set; }

    /// <summary>In which order the moves begin.</summary>
    [Parameter(ParameterSetName = GuestSet)]
    [Parameter(ParameterSetName = NameSet)]
    public MoveOrder Sort { get; set; }

    /// <summary>A script block or a guest's property: guests with the same value are kept on different hosts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? AntiAffinity { get; set; }

    /// <summary>Bytes per second that the link carries for one move; without it, no times are told.</summary>
    [Parameter(ParameterSetName = GuestSet)]
    [Parameter(ParameterSetName = NameSet)]
    [ValidateRange(1L, long.MaxValue)]
    public long? Bandwidth { get; set; }

    /// <summary>Ids or categories of checks to leave out, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CheckCompleter))]
    public string[] SkipCheck { get; set; } = [];

    protected override Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        _checks = Require(() => CheckSelection.AllBut(SkipCheck));
        return Task.CompletedTask;
    }

    private protected override Task ProcessGuestAsync(Guest guest, HostSession host, CancellationToken cancellationToken)
    {
        _guests.Add(new LeavingGuest(guest, host) { Live = Live });
        return Task.CompletedTask;
    }

    protected override Task ProcessRecordAsync(CancellationToken cancellationToken) =>
        ParameterSetName == PlacementSet ? Task.CompletedTask : base.ProcessRecordAsync(cancellationToken);

    protected override async Task EndProcessingAsync(CancellationToken cancellationToken)
    {
        FleetPlan plan = await (ParameterSetName == PlacementSet ? PlaceAsync(cancellationToken) : PlanAsync(cancellationToken)).ConfigureAwait(false);
        Post(() => WriteObject(plan));
    }

    private async Task<FleetPlan> PlanAsync(CancellationToken cancellationToken)
    {
        HostEnd[] destinations = await ConnectAsync(Destination, cancellationToken).ConfigureAwait(false);
        FleetRequest request = new(_guests, destinations)
        {
            Checks = _checks,
            Order = Sort,
            Apart = Apart,
            BytesPerSecond = Bandwidth,
        };
        return await FleetPlanner.PlanAsync(request, Timing.Real, cancellationToken).ConfigureAwait(false);
    }

    private async Task<FleetPlan> PlaceAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<WantedPlace> wanted = PlacementArgument.Of(Placement);
        HostEnd[] hosts = await ConnectAsync(
            [.. wanted.Select(place => new MigrationHost(place.ComputerName)), .. Destination], cancellationToken).ConfigureAwait(false);
        PlacementRequest request = new(wanted, hosts)
        {
            Sources = [.. ConnectedHosts().Select(host => (HostEnd)host.Session!)],
            Checks = _checks,
            Live = Live,
            Apart = Apart,
        };
        return await RequireAsync(() => PlacementPlanner.PlanAsync(request, Timing.Real, cancellationToken)).ConfigureAwait(false);
    }

    private Func<IReadOnlyList<Guest>, Task<IReadOnlyList<string?>>>? Apart =>
        AntiAffinity is { } rule ? guests => AskAsync(() => XenMigrate.AntiAffinity.WordsOf(rule, guests)) : null;
}
