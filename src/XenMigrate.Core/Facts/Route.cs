namespace XenMigrate.Facts;

/// <summary>A way that guests could go.</summary>
/// <param name="Source">Where they are.</param>
/// <param name="Destination">Where they could go.</param>
/// <param name="Address">What the source calls the destination.</param>
internal sealed record Route(HostEnd Source, HostEnd Destination, string Address)
{
    /// <summary>What tells the connection from others that is to stay once the way was tried; null if none is.</summary>
    public Guid? Sharing { get; init; }
}
