namespace XenMigrate.Transfers;

/// <summary>The save helpers of a move.</summary>
/// <param name="Source">The program that sends, on the source.</param>
/// <param name="Destination">The one that receives, on the destination; null for Xen's own, to which the source's sends as Xen's would.</param>
internal sealed record HelperPair(string Source, string? Destination)
{
    /// <summary>
    /// Tells the one that sends a guest to stop, which it does as long as the guest runs: libvirt would leave one standing still
    /// that did already. Exit code 3 says that none sends it.
    /// </summary>
    public RemoteCommand TellToAbort(int id) => new(Source, "--tell", id.ToString(CultureInfo.InvariantCulture), "abort-live");
}
