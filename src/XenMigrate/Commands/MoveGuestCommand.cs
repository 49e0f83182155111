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
public sealed partial class MoveGuestCommand : MoveCmdlet
{
    private const string GuestSet = "Guest";
    private const string NameSet = "Name";
    private const string ReportSet = "Report";
    private const string PlanSet = "Plan";

    // Not mandatory: PowerShell would ask for Guest[0], which nobody can type.
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = GuestSet)]
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
    [Parameter(Position = 1, ParameterSetName = NameSet)]
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
}
