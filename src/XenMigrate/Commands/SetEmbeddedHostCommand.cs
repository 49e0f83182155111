namespace XenMigrate;

/// <summary>Set-EmbeddedHost breaks an embedded host on purpose, to see what the checks and moves make of it.</summary>
[Cmdlet(VerbsCommon.Set, "EmbeddedHost", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class SetEmbeddedHostCommand : HostCmdlet
{
    private const string On = "On";
    private const string Off = "Off";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public MigrationHost[] ComputerName { get; set; } = [];

    [Parameter, ValidateNotNullOrEmpty, Fault("rename the bridge to {0}")]
    public string? BridgeName { get; set; }

    [Parameter, ValidateSet(On, Off), Fault("turn relocation on", Off = "turn relocation off")]
    public string? Relocation { get; set; }

    [Parameter, AllowEmptyString, ValidateNotNull, ArgumentCompleter(typeof(HostNameCompleter)), Fault("set hosts-allow to '{0}'")]
    public string? HostsAllow { get; set; }

    [Parameter, Fault("unmount the storage")]
    public SwitchParameter UnmountStorage { get; set; }

    [Parameter, Fault("mount the storage read-only")]
    public SwitchParameter StorageReadOnly { get; set; }

    [Parameter, ValidatePattern("^[a-z_]+(=[a-z0-9_]+)?$"), Fault("export the storage with {0}")]
    public string[] ExportOption { get; set; } = [];

    [Parameter, ValidateRange(68, 65535), Fault("let the bridge carry frames of {0} bytes")]
    public int? BridgeMtu { get; set; }

    [Parameter, Seconds, ValidateNotNull, Fault("let the bridge wait {0:0.###} s before it forwards")]
    public TimeSpan? ForwardDelay { get; set; }

    [Parameter, ValidateSet(On, Off), Fault("let ntpd find its servers", Off = "let ntpd lose its servers")]
    public string? TimeServer { get; set; }

    [Parameter, Seconds, ValidateNotNull, Fault("let it be up for {0:0.###} s")]
    public TimeSpan? Uptime { get; set; }

    [Parameter, ValidateSet("Xeon", "OldXeon", "FastXeon", "Opteron"), Fault("give it the CPU {0}")]
    public string? Processor { get; set; }

    [Parameter, ValidatePattern(@"^[0-9]{1,3}\.[0-9]{1,3}([.-][\w.+-]*)?$"), Fault("let its Xen be {0}")]
    public string? XenVersion { get; set; }

    [Parameter, Fault("let its guests withhold that they can be suspended")]
    public SwitchParameter WithholdSuspend { get; set; }

    [Parameter, Seconds, ValidateNotNull, Fault("set the clock {0:0.###} s ahead")]
    public TimeSpan? ClockOffset { get; set; }

    [Parameter, ValidateRange(0, 4096), Fault("leave {0} MiB free")]
    public int? FreeMemoryMB { get; set; }

    [Parameter, ValidateRange(1, 65535), Fault("block port {0}")]
    public int[] BlockPort { get; set; } = [];

    [Parameter, ValidateRange(1, 65535), Fault("reject connections to port {0}")]
    public int[] RejectPort { get; set; } = [];

    [Parameter, ValidateRange(1L, long.MaxValue), Fault("slow the link to {0} bytes/s")]
    public long? LinkBandwidth { get; set; }

    [Parameter, Fault("cut the link")]
    public SwitchParameter CutLink { get; set; }

    [Parameter, Fault("mend everything", IsFirst = true)]
    public SwitchParameter Reset { get; set; }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<EmbeddedFault> faults = EmbeddedFault.Of(this);
        if (faults.Count == 0)
        {
            throw new PSArgumentException("Nothing to do: name what to break, as by -BridgeName or -BlockPort, or mend everything by -Reset.");
        }

        string words = string.Join(", ", faults);
        foreach (MigrationHost host in Expand(ComputerName))
        {
            IEmbeddedHosts? embedded = (Sessions.Find(host.ComputerName) ?? host.Session) is { } session ? Sessions.EmbeddedOf(session) : null;
            if (embedded is null)
            {
                PostError(
                    new NotSupportedByToolstackException(
                        host.ComputerName,
                        "it is no embedded host of this session, and only these are broken on purpose.",
                        "Connect-MigrationHost -Embedded starts two."),
                    host);
            }
            else if (await ConfirmAsync(host.ComputerName, char.ToUpperInvariant(words[0]) + words.Substring(1)).ConfigureAwait(false))
            {
                embedded.Apply(host.ComputerName, faults);
            }
        }
    }
}
