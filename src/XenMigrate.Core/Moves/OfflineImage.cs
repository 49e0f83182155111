namespace XenMigrate.Moves;

/// <summary>The file by which a guest is moved that stands still meanwhile, in a folder that both hosts see.</summary>
internal sealed class OfflineImage(string folder, Guest guest, Timing timing)
{
    // A name that was never there before: an NFS client remembers for a minute that a file was missing or removed.
    public string Path { get; } = string.Format(
        CultureInfo.InvariantCulture,
        "{0}/.xenmigrate-{1}-{2:yyyyMMddHHmmssfff}.save",
        folder.TrimEnd('/'),
        guest.Uuid ?? Guid.NewGuid(),
        timing.Now());

    public RemoteCommand Remove => new("rm", "-f", "--", Path);

    /// <summary>Its size; null if the host does not tell.</summary>
    public async Task<long?> SizeAsync(IHostShell host, CancellationToken cancellationToken) =>
        long.TryParse(await host.ReadAsync(new RemoteCommand("stat", "-c", "%s", "--", Path), cancellationToken).ConfigureAwait(false), out long size)
            ? size
            : null;

    public override string ToString() => Path;
}
