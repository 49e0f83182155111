namespace XenMigrate.Repair;

/// <summary>Every repair there is.</summary>
internal static class AllRepairs
{
    public static IReadOnlyList<CheckRepair> All { get; } =
    [
        new UnknownHostKeyRepair(),
        new ChangedHostKeyRepair(),
        new AuthorizedKeyRepair(),
        new RelocationServerRepair(),
        new RelocationPortRepair(),
        new RelocationReachableRepair(),
        new RelocationAllowedRepair(),
        new LeftoverRepair(),
    ];

    /// <summary>The repair that answers a result, or null.</summary>
    public static CheckRepair? For(CheckResult result) => For(result.Id, result.Status, result.ErrorId);

    /// <summary>The repair that answers what a check found, or null.</summary>
    public static CheckRepair? For(string checkId, CheckStatus status, string? errorId) =>
        Mendable.Of(checkId, status, errorId) is { } found ? All.First(repair => repair.Mends == found) : null;
}
