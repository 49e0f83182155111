namespace XenMigrate;

/// <summary>A plan can't be carried out as it is, and nothing of it was.</summary>
public sealed class PlanInvalidException(IReadOnlyList<string> problems) : XenMigrateException(
    $"The plan can't be carried out: {string.Join(" ", problems)}",
    "Correct the plan, or make another: New-MigrationPlan.")
{
    /// <summary>What is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Problem { get; } = problems;
}
