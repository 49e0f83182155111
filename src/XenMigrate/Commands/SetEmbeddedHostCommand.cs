using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Completion;
using XenMigrate.Hosts;
using XenMigrate.Sessions;

namespace XenMigrate.Commands;

/// <summary>Set-EmbeddedHost breaks an embedded host on purpose, to see what the checks and moves make of it.</summary>
[Cmdlet(VerbsCommon.Set, "EmbeddedHost", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class SetEmbeddedHostCommand : HostCmdlet
{
    private const string On = "On";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    public MigrationHost[] ComputerName { get; set; } = [];

    /// <summary>Another name for the host's bridge, which is xenbr1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BridgeName { get; set; }

    /// <summary>Whether xend takes guests in.</summary>
    [Parameter]
    [ValidateSet(On, "Off")]
    public string? Relocation { get; set; }

    /// <summary>xend-relocation-hosts-allow: regular expressions, a space between two; nothing admits everybody.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    public string? HostsAllow { get; set; }

    /// <summary>Takes away the folder with the disks.</summary>
    [Parameter]
    public SwitchParameter UnmountStorage { get; set; }

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
            throw new PSArgumentException("Say what to break, or -Reset.");
        }

        foreach (MigrationHost named in ComputerName)
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

    private EmbeddedFault Fault() => new()
    {
        Reset = Reset,
        BridgeName = BridgeName,
        Relocation = Relocation is null ? null : string.Equals(Relocation, On, StringComparison.OrdinalIgnoreCase),
        HostsAllow = HostsAllow,
        UnmountStorage = UnmountStorage,
        ClockOffset = ClockOffset,
        FreeMemoryMB = FreeMemoryMB,
        BlockPort = BlockPort,
        LinkBandwidth = LinkBandwidth,
        CutLink = CutLink,
    };
}
