namespace XenMigrate;

/// <summary>Test-MigrationEnvironment says whether guests could move from one host to others, and why not.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MigrationEnvironment", DefaultParameterSetName = "Guest")]
[OutputType(typeof(CheckResult), typeof(MigrationReport), typeof(MigrationForecast), typeof(bool))]
public sealed partial class TestMigrationEnvironmentCommand : CheckingCmdlet
{
    private readonly List<Guest> _guests = [];
    private readonly List<MigrationHost> _destinations = [];
    private bool _missing;
    private bool _hasInput;

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Source", "MigrationHost", "Cn")]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost ComputerName { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("DestinationHost", "To")]
    [ValidateNotNullOrEmpty]
    [NotAGuest]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost[] Destination { get; set; } = [];

    /// <summary>Guests of the source; without any, only the hosts are checked.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = "Guest")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(VariableCompleter))]
    public Guest[] Guest { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Checks the way back too, as far as it is about the hosts.</summary>
    [Parameter]
    public SwitchParameter Bidirectional { get; set; }

    /// <summary>The destination's name or address as the source knows it, if not by the name given; for one destination.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string? MigrationAddress { get; set; }

    /// <summary>Hides what passed or was skipped.</summary>
    [Parameter]
    public SwitchParameter OnlyProblem { get; set; }

    /// <summary>One report for each destination, which Move-Guest and Export-MigrationReport take.</summary>
    [Parameter]
    public SwitchParameter AsReport { get; set; }

    /// <summary>One answer: whether everything that matters passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        RequireForecast();
        ComputerName = ExpandToOne(ComputerName);
        return base.BeginProcessingAsync(cancellationToken);
    }

    protected override Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        _hasInput = true;
        _destinations.AddRange(Destination);
        ILookup<bool, Guest> bySource = Guest.ToLookup(guest => IsName(guest.ComputerName, ComputerName));
        _guests.AddRange(bySource[true]);
        foreach (Guest stranger in bySource[false])
        {
            NotFound(stranger);
        }

        return Task.CompletedTask;
    }

    protected override async Task EndProcessingAsync(CancellationToken cancellationToken)
    {
        MigrationHost[] destinations = ExpandDestinations([.. _destinations, .. Destination], ComputerName);
        // All at once: over a slow link, that is most of the time.
        Dictionary<string, HostEnd> ends = (await ConnectAsync([ComputerName, .. destinations], cancellationToken)
            .ConfigureAwait(false)).ToDictionary(end => end.Name, StringComparer.OrdinalIgnoreCase);
        if (MigrationAddress is not null && ends.Count != 2)
        {
            throw new PSArgumentException("-MigrationAddress is one host's address, and several destinations were given. Leave it out, or test one destination at a time.");
        }

        HostEnd source = ends[ComputerName.ComputerName];
        await FindByNameAsync(source, cancellationToken).ConfigureAwait(false);

        EnvironmentRequest request = new(
            source, [.. destinations.Select(host => ends[host.ComputerName]).Distinct()])
        {
            Guests = [.. _guests.GroupBy(guest => (guest.Name, guest.Id)).Select(group => group.First())],
            Bidirectional = Bidirectional,
            MigrationAddress = MigrationAddress,
            Selection = Selection,
            Settings = Settings,
        };
        EnvironmentFindings findings = await EnvironmentTester.TestAsync(request, Timing.Real, cancellationToken)
            .ConfigureAwait(false);
        foreach (Guest gone in findings.Missing)
        {
            NotFound(gone);
        }

        // A guest that was asked for and not found is an error already, and no reason to say yes; nor is a pipeline
        // that brought nothing.
        bool isReady = _hasInput && !_missing && findings.Reports.All(report => report.IsReady);
        object shown = Quiet ? isReady : findings.Show(AsReport, OnlyProblem);
        Post(() => WriteObject(shown, enumerateCollection: true));
        await TellForecastsAsync(findings, ends, cancellationToken).ConfigureAwait(false);
    }
}
