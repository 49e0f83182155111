namespace XenMigrate;

/// <summary>A cmdlet that moves guests: what can be said of how.</summary>
public abstract partial class MoveCmdlet : HostCmdlet
{
    /// <summary>Live: how long the guest may stand still, by the transfer's own prediction; 3 s without it.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? MaximumDowntime { get; set; }

    /// <summary>Live: gives the move up if the guest stands still for longer than -MaximumDowntime after all.</summary>
    [Parameter]
    public SwitchParameter EnforceDowntime { get; set; }

    /// <summary>Live: what to do with a guest that is too busy for that.</summary>
    [Parameter]
    public OfflineFallback? OfflineFallback { get; set; }

    /// <summary>Live: bytes per second to send at most, while the guest runs.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long? Bandwidth { get; set; }

    /// <summary>Live: what the memory is packed with on its way; both hosts have to have the save helper.</summary>
    [Parameter]
    public StreamCompression Compression { get; set; }

    /// <summary>Live: gives a guest less processor time that is too busy otherwise, before anything else is done about it.</summary>
    [Parameter]
    public SwitchParameter Throttle { get; set; }

    /// <summary>Moves by Xen's own save helper, though hosts have XenMigrate's.</summary>
    [Parameter]
    public SwitchParameter NoHelper { get; set; }

    /// <summary>Live: the way that the memory may go; Auto is the toolstack's.</summary>
    [Parameter]
    public MigrationTransport Transport { get; set; }

    /// <summary>Answers yes where it is asked whether a guest may stand still, for its move or for longer than allowed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Stops the move after this time, as long as the guest still runs at the source; with -OfflineFallback Always, pauses
    /// the guest then and finishes.
    /// </summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? Timeout { get; set; }

    /// <summary>The destination's name or address as the source knows it, if not by the name given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string? MigrationAddress { get; set; }

    /// <summary>Keeps the guest's definition at the destination, where the toolstack has definitions: libvirt.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <summary>Removes the guest's definition from the source once it moved, where the toolstack has definitions: libvirt.</summary>
    [Parameter]
    public SwitchParameter RemoveSourceDefinition { get; set; }

    /// <summary>Ids or categories of checks to leave out, with wildcards; '*' leaves out all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CheckCompleter))]
    public string[] SkipCheck { get; set; } = [];

    /// <summary>Returns each guest that was moved, at its destination, in place of the result.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The folder of the journals, one for each move; the user's own without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }
}
