namespace XenMigrate;

/// <summary>A cmdlet that does something to guests, given as objects or by name.</summary>
public abstract class GuestCmdlet : HostCmdlet
{
    private protected const string GuestSet = "Guest";
    private protected const string NameSet = "Name";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = GuestSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamedVariableCompleter))]
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
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Where the guests are; without it, every connected host is asked.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = NameSet)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost? ComputerName { get; set; }

    /// <summary>Whether names mean guests too that a toolstack knows and that are not there, as to start one.</summary>
    private protected virtual bool IncludeInactive => false;

    /// <summary>Where a guest is looked for whose host was not named; null for every connected host.</summary>
    private protected virtual IReadOnlyList<MigrationHost>? HostsToSearch() => null;

    /// <summary>What to do to one guest. A failure is that guest's error, and the next one's turn comes.</summary>
    private protected virtual Task ProcessGuestAsync(
        Guest guest, HostSession host, CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken) =>
        await ProcessAllAsync(await FindGuestsAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Does it to one guest after another.</summary>
    private protected async Task ProcessAllAsync(IEnumerable<GuestOnHost> guests, CancellationToken cancellationToken)
    {
        foreach (GuestOnHost found in guests)
        {
            try
            {
                await ProcessGuestAsync(found.Guest, found.Host, cancellationToken).ConfigureAwait(false);
            }
            catch (XenMigrateException e)
            {
                PostError(e, found.Guest);
            }
        }
    }

    /// <summary>The guests that this record means, each with its host; what is missing is an error already written.</summary>
    private protected Task<IReadOnlyList<GuestOnHost>> FindGuestsAsync(CancellationToken cancellationToken) =>
        Search.FindAsync(
            [.. Guest, .. GivenObjects.In<Guest>(Name)],
            Name,
            () => ComputerName is null ? HostsToSearch() : [ComputerName],
            new GuestFilter { Criteria = [], IncludeInactive = IncludeInactive, SparesLeftovers = true },
            cancellationToken);
}
