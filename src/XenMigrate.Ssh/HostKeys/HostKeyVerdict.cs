namespace XenMigrate.Ssh;

/// <summary>What known_hosts says of a key that a host showed.</summary>
/// <param name="Kind">Whether it can be trusted.</param>
/// <param name="Reason">Why not, for people.</param>
internal sealed record HostKeyVerdict(HostKeyVerdictKind Kind, string? Reason = null);

internal enum HostKeyVerdictKind
{
    Known,
    Unknown,

    /// <summary>The host is known by other keys only, or this key was revoked.</summary>
    Rejected,
}
