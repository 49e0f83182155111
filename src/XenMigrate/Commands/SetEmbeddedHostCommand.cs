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

    /// <summary>Another name for the host's bridge, which is xenbr1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BridgeName { get; set; }

    /// <summary>Whether xend takes guests in.</summary>
    [Parameter]
    [ValidateSet(On, Off)]
    public string? Relocation { get; set; }

    /// <summary>xend-relocation-hosts-allow: regular expressions, a space between two; nothing admits everybody.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string? HostsAllow { get; set; }

    /// <summary>Takes away the folder with the disks.</summary>
    [Parameter]
    public SwitchParameter UnmountStorage { get; set; }

    /// <summary>Mounts the folder with the disks so that nobody can write there.</summary>
    [Parameter]
    public SwitchParameter StorageReadOnly { get; set; }

    /// <summary>Options by which et-virt07 exports the folder with the disks, which are rw,async,no_root_squash.</summary>
    [Parameter]
    [ValidatePattern("^[a-z_]+(=[a-z0-9_]+)?$")]
    public string[] ExportOption { get; set; } = [];

    /// <summary>The longest frame that the host's bridge carries, in bytes; it is 1500.</summary>
    [Parameter]
    [ValidateRange(68, 65535)]
    public int? BridgeMtu { get; set; }

    /// <summary>For how long the bridge, with the spanning tree protocol, does not forward for a new port; a number is seconds.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? ForwardDelay { get; set; }

    /// <summary>Whether ntpd has servers.</summary>
    [Parameter]
    [ValidateSet(On, Off)]
    public string? TimeServer { get; set; }

    /// <summary>For how long the host is up; a number is seconds.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? Uptime { get; set; }

    /// <summary>The host's CPU; Xeon is usual, OldXeon lacks features, FastXeon counts time faster, Opteron is another maker's.</summary>
    [Parameter]
    [ValidateSet("Xeon", "OldXeon", "FastXeon", "Opteron")]
    public string? Processor { get; set; }

    /// <summary>The version that the host's Xen tells: 3.1.2-398.el5.</summary>
    [Parameter]
    [ValidatePattern(@"^[0-9]{1,3}\.[0-9]{1,3}([.-][\w.+-]*)?$")]
    public string? XenVersion { get; set; }

    /// <summary>Lets the guests here tell that they cannot be suspended.</summary>
    [Parameter]
    public SwitchParameter WithholdSuspend { get; set; }

    /// <summary>The host's clock minus this machine's; a number is seconds.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? ClockOffset { get; set; }

    /// <summary>Leaves only so many MiB for guests.</summary>
    [Parameter]
    [ValidateRange(0, 4096)]
    public int? FreeMemoryMB { get; set; }

    /// <summary>Drops what comes in on these TCP ports; xend's is 8002.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int[] BlockPort { get; set; } = [];

    /// <summary>Resets connections to these TCP ports, as if nobody listened there.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int[] RejectPort { get; set; } = [];

    /// <summary>Bytes per second that the link between both hosts carries.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long? LinkBandwidth { get; set; }

    /// <summary>Cuts the link between both hosts.</summary>
    [Parameter]
    public SwitchParameter CutLink { get; set; }

    /// <summary>Mends everything, and then breaks what else is given.</summary>
    [Parameter]
    public SwitchParameter Reset { get; set; }

    protected override async Task ProcessRecordAsync(CancellationToken cancellationToken)
    {
        EmbeddedFault fault = Fault();
        if (fault.IsEmpty)
        {
            throw new PSArgumentException("Nothing to do: name what to break, as by -BridgeName or -BlockPort, or mend everything by -Reset.");
        }

        foreach (MigrationHost named in Expand(ComputerName))
        {
            MigrationHost host = Sessions.Find(named.ComputerName) ?? named;
            IEmbeddedHosts? embedded = Sessions.EmbeddedOf(host);
            if (embedded is null)
            {
                PostError(
                    new NotSupportedByToolstackException(
                        host.ComputerName,
                        "it is no embedded host of this session, and only these are broken on purpose.",
                        "Connect-MigrationHost -Embedded starts two."),
                    named);
            }
            else if (await ConfirmAsync(host.ComputerName, Sentence(fault)).ConfigureAwait(false))
            {
                embedded.Apply(host.ComputerName, fault);
            }
        }
    }

    private static string Sentence(EmbeddedFault fault)
    {
        string words = fault.ToString();
        return char.ToUpperInvariant(words[0]) + words.Substring(1);
    }

    private static bool? IsOn(string? word) => word is null ? null : string.Equals(word, On, StringComparison.OrdinalIgnoreCase);

    private EmbeddedFault Fault() => new()
    {
        Reset = Reset,
        BridgeName = BridgeName,
        Relocation = IsOn(Relocation),
        HostsAllow = HostsAllow,
        UnmountStorage = UnmountStorage,
        StorageReadOnly = StorageReadOnly,
        ExportOption = ExportOption.Length > 0 ? string.Join(",", ExportOption) : null,
        BridgeMtu = BridgeMtu,
        ForwardDelay = ForwardDelay,
        TimeServer = IsOn(TimeServer),
        Uptime = Uptime,
        Processor = Processor,
        XenVersion = XenVersion,
        WithholdSuspend = WithholdSuspend,
        ClockOffset = ClockOffset,
        FreeMemoryMB = FreeMemoryMB,
        BlockPort = BlockPort,
        RejectPort = RejectPort,
        LinkBandwidth = LinkBandwidth,
        CutLink = CutLink,
    };
}
