namespace XenMigrate;

/// <summary>Repair-GuestMigration settles moves that were left half done, so that each guest has one copy that runs.</summary>
[Cmdlet(
    VerbsDiagnostic.Repair,
    "GuestMigration",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = NameSet)]
[OutputType(typeof(MigrationRepair))]
public sealed partial class RepairGuestMigrationCommand : HostCmdlet
{
    private const string MigrationSet = "Migration";
    private const string ResultSet = "Result";
    private const string NameSet = "Name";

    /// <summary>Moves of Get-GuestMigration.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = MigrationSet)]
    [Alias("GuestMigration")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamedVariableCompleter))]
    [Live]
    public GuestMigration[] Migration { get; set; } = [];

    /// <summary>Results of Move-Guest.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ResultSet)]
    [Alias("MigrationResult")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamedVariableCompleter))]
    [Live]
    public MigrationResult[] Result { get; set; } = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [Alias("GuestName", "Domain")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JournaledNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The host that the guests came from.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NameSet)]
    [Alias("Source", "MigrationHost", "Cn")]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost ComputerName { get; set; } = null!;

    /// <summary>The host that they were to go to.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [Alias("DestinationHost", "To")]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost Destination { get; set; } = null!;

    /// <summary>How long to wait for a transfer that is under way still; three minutes without it.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? Timeout { get; set; }

    /// <summary>The folder of the journals, for what names none itself; the user's own without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    protected override Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        // Before the pipeline's first object, the parameter set is only a guess.
        if (ComputerName is not null && Destination is not null)
        {
            ComputerName = ExpandToOne(ComputerName);
            Destination = ExpandToOne(Destination);
        }

        return Task.CompletedTask;
    }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        LogFolder folder = await AskAsync(() => LogFolder.Resolve(Sessions, SessionState, LogPath)).ConfigureAwait(false);
        foreach ((object target, MoveTrace trace) in Traces(folder))
        {
            try
            {
                (MoveTrace found, string? why) = JournaledTrace.Find(trace, folder.Of(trace.Source));
                MigrationRepair? repair = why is null
                    ? await RepairAsync(found, cancellationToken).ConfigureAwait(false)
                    : MoveRepairer.Refuse(trace, why);
                if (repair is not null)
                {
                    Tell(repair, target);
                }
            }
            catch (XenMigrateException e)
            {
                PostError(e, target);
            }
        }
    }
}
