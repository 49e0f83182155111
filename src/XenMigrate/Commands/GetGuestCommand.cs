namespace XenMigrate;

/// <summary>Get-Guest lists the guests of one host, of several, or of every connected one.</summary>
[Cmdlet(VerbsCommon.Get, "Guest", DefaultParameterSetName = NameSet)]
[OutputType(typeof(Guest))]
public sealed class GetGuestCommand : HostCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";
    private const string UuidSet = "Uuid";

    [Parameter(
        Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Alias("GuestName", "Domain")]
    [Takes(typeof(MigrationHost))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [Alias("DomId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    public int[] Id { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = UuidSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    public Guid[] Uuid { get; set; } = [];

    /// <summary>The hosts to ask, all at once; without it, every connected one.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost[]? ComputerName { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public GuestState[] State { get; set; } = [];

    /// <summary>Shows everything. The objects are the same without it: a host is asked once in any case.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    [Parameter]
    public SwitchParameter IncludeControlDomain { get; set; }

    [Parameter]
    public SwitchParameter IncludeInactive { get; set; }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        GuestFilter filter = new()
        {
            Criteria = Criteria(),
            States = State,
            IncludeControlDomain = IncludeControlDomain,
            IncludeInactive = IncludeInactive,
        };

        // A host in the pipeline is itself, with its session, though it has a name too.
        IReadOnlyList<MigrationHost>? hosts = GivenObjects.In<MigrationHost>(Name) is { Length: > 0 } given ? given : ComputerName;
        foreach (GuestOnHost found in await Search.SearchAsync(hosts, filter, cancellationToken).ConfigureAwait(false))
        {
            Post(() => WriteObject(Shown(found.Guest)));
        }
    }

    private IReadOnlyList<GuestCriterion> Criteria() => ParameterSetName switch
    {
        IdSet => [.. Id.Select(GuestCriterion.Id)],
        UuidSet => [.. Uuid.Select(GuestCriterion.Uuid)],
        _ => [.. Name.Select(GuestSearch.Criterion)],
    };

    private PSObject Shown(Guest guest)
    {
        PSObject shown = new(guest);
        if (Detailed)
        {
            // A view of this name in the format file shows all.
            shown.TypeNames.Insert(0, typeof(Guest).FullName + "#Detailed");
        }

        return shown;
    }
}
