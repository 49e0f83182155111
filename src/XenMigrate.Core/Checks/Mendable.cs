namespace XenMigrate.Checks;

/// <summary>What Repair-MigrationEnvironment has something against: the failure of a check.</summary>
/// <param name="CheckId">The check.</param>
/// <param name="ErrorId">The only one of its error ids; null for every one.</param>
internal sealed record Mendable(string CheckId, string? ErrorId = null)
{
    public static readonly Mendable UnknownHostKey = new("XM-CON-03", "HostKeyUnknown");

    public static readonly Mendable ChangedHostKey = new("XM-CON-03", "HostKeyChanged");

    public static readonly Mendable RefusedKey = new("XM-CON-02", "AuthenticationFailed");

    public static readonly Mendable RelocationServer = new("XM-REL-01");

    public static readonly Mendable RelocationPort = new("XM-REL-02");

    public static readonly Mendable RelocationReachable = new("XM-REL-03");

    public static readonly Mendable RelocationAllowed = new("XM-REL-04");

    public static readonly Mendable Leftovers = new("XM-NAM-02");

    private static readonly Mendable[] s_all =
        [UnknownHostKey, ChangedHostKey, RefusedKey, RelocationServer, RelocationPort, RelocationReachable, RelocationAllowed, Leftovers];

    /// <summary>What it is that a check found, if anything can be done; only what failed is mended: what is not known may be as it has to be.</summary>
    public static Mendable? Of(string checkId, CheckStatus status, string? errorId) => status != CheckStatus.Failed ? null
        : s_all.FirstOrDefault(one => string.Equals(one.CheckId, checkId, StringComparison.OrdinalIgnoreCase) && (one.ErrorId is null || one.ErrorId == errorId));
}
