namespace XenMigrate;

/// <summary>New-MigrationPlan says which guest would go where, and in which order, and what keeps others from going.</summary>
[Cmdlet(VerbsCommon.New, "MigrationPlan", DefaultParameterSetName = NameSet)]
[OutputType(typeof(FleetPlan))]
public sealed class NewMigrationPlanCommand : GuestCmdlet
{
    private readonly List<LeavingGuest> _guests = [];
    private CheckSelection _checks = CheckSelection.Everything;

    [Parameter(Mandatory = true, Position = 1)]
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
    [Parameter]
    public MoveOrder Sort { get; set; }

    /// <summary>A script block or a guest's property: guests with the same value are kept on different hosts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? AntiAffinity { get; set; }

    /// <summary>Bytes per second that the link carries for one move; without it, no times are told.</summary>
    [Parameter]
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
        try
        {
            _checks = CheckSelection.AllBut(SkipCheck);
        }
        catch (CheckNotFoundException e)
        {
            throw new TerminatingErrorException(e);
        }

        return Task.CompletedTask;
    }

    private protected override Task ProcessGuestAsync(Guest guest, HostSession host, CancellationToken cancellationToken)
    {
        _guests.Add(new LeavingGuest(guest, host) { Live = Live });
        return Task.CompletedTask;
    }

    protected override async Task EndProcessingAsync(CancellationToken cancellationToken)
    {
        HostEnd[] destinations = await ConnectAsync(Destination, cancellationToken).ConfigureAwait(false);
        FleetRequest request = new(_guests, destinations)
        {
            Checks = _checks,
            Order = Sort,
            Apart = AntiAffinity is { } rule ? guests => AskAsync(() => XenMigrate.AntiAffinity.WordsOf(rule, guests)) : null,
            BytesPerSecond = Bandwidth,
        };
        FleetPlan plan = await FleetPlanner.PlanAsync(request, Timing.Real, cancellationToken).ConfigureAwait(false);
        Post(() => WriteObject(plan));
    }
}
