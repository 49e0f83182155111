namespace XenMigrate;

/// <summary>Measure-GuestDowntime runs a script block and says for how long a guest gave no sign of life meanwhile.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "GuestDowntime", DefaultParameterSetName = NameSet)]
[OutputType(typeof(GuestDowntime))]
public sealed partial class MeasureGuestDowntimeCommand : HostCmdlet
{
    private const string GuestSet = "Guest";
    private const string NameSet = "Name";
    private const string AddressSet = "Address";

    /// <summary>What to do meanwhile, in the caller's scope.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = GuestSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(VariableCompleter))]
    public Guest Guest { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [Alias("GuestName", "Domain")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The hosts whose console logs are read; without it, every connected one.</summary>
    [Parameter(ParameterSetName = GuestSet)]
    [Parameter(ParameterSetName = NameSet)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost[] ComputerName { get; set; } = [];

    /// <summary>A name or address of the guest, to be probed from here in place of reading its console.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AddressSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    public string Address { get; set; } = "";

    /// <summary>Probes by connecting to this TCP port; without it, by ping.</summary>
    [Parameter(ParameterSetName = AddressSet)]
    [ValidateRange(1, 65535)]
    public int? Port { get; set; }

    /// <summary>Time between two probes; a number is seconds.</summary>
    [Parameter(ParameterSetName = AddressSet)]
    [Seconds]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns what the script block returned too, before the measurement.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        IDowntimeMeter meter = await MeterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await meter.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HeartbeatMissingException e)
        {
            throw new TerminatingErrorException(await IsThereAsync(e.Guest, cancellationToken).ConfigureAwait(false)
                ? e
                : new GuestNotFoundException(e.Guest, string.Join(", ", _hosts)));
        }

        TimeSpan began = Timing.Real.Elapsed();
        TimeSpan ended = began;
        // On the pipeline thread, where all of PowerShell lives; the meter works beside it. Of the ways to invoke a block,
        // this one leaves its errors to the caller, as Measure-Command does; it takes text only.
        Task<object[]> work = AskAsync(() =>
        {
            object[] output = [.. InvokeCommand
                .InvokeScript(". $args[0]", useNewScope: false, PipelineResultTypes.Error, input: null, ScriptBlock)
                .Select(item => item?.BaseObject!)];
            ended = Timing.Real.Elapsed();
            return output;
        });
        GuestDowntime measured = await meter.ListenAsync(work, cancellationToken).ConfigureAwait(false);
        object[] returned = await work.ConfigureAwait(false);

        if (PassThru)
        {
            Post(() => WriteObject(returned, enumerateCollection: true));
        }

        GuestDowntime result = measured with { Duration = ended - began, Output = returned };
        if (!result.Recovered)
        {
            Post(() => WriteWarning($"{result.Name} has given no sign of life since, so its outage is not over yet."));
        }

        Post(() => WriteObject(result));
    }
}
