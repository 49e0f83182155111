namespace XenMigrate;

/// <summary>The checks before a move said no. Nothing was touched.</summary>
public sealed class PreflightFailedException(MigrationResult result) : XenMigrateException(
    $"{result.Name} was not moved from {result.Source} to {result.Destination}. {result.Message}",
    "Correct what the checks name. At your own risk, a check can be left out: -SkipCheck ID.")
{
    public MigrationResult Result { get; } = result;

    /// <summary>Every check, also those that passed.</summary>
    public MigrationReport Report { get; } = result.Refusal ?? new()
    {
        Source = result.Source,
        Destination = result.Destination,
        Guest = [result.Name],
        CheckResult = result.Check,
    };
}

/// <summary>A move was tried and did not succeed. The result says where the guest is.</summary>
public sealed class MigrationFailedException(MigrationResult result) : XenMigrateException(
    $"{result.Name} was not moved from {result.Source} to {result.Destination} ({result.Outcome}). {result.Message}",
    "What the tools wrote is in the result's Transcript: $Error[0].Exception.Result.Transcript")
{
    public MigrationResult Result { get; } = result;
}
