namespace XenMigrate.Embedded.Dom0;

/// <summary>A move that xend is asked for.</summary>
internal sealed record XendMove(Domain Domain, HostProfile Destination)
{
    /// <summary>What xend's own tool does, said in our terms: never given up, and paused once hardly anything is left.</summary>
    public static PreCopyOptions Legacy { get; } = new() { MaximumDowntime = TimeSpan.FromMilliseconds(10), OfflineFallback = true };

    public bool Live { get; init; } = true;

    public int Port { get; init; }

    public PreCopyOptions Options { get; init; } = Legacy;

    /// <summary>Gets each report of the transfer.</summary>
    public Action<PreCopyReport> Report { get; init; } = _ => { };
}
