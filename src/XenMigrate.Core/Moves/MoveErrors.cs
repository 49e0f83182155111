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

/// <summary>More is asked of a live move than its hosts ever did: without anything to copy, the pause is longer already. Nothing was touched.</summary>
public sealed class DowntimeTooShortException(string source, string destination, TimeSpan allowed, DowntimeParts past) : XenMigrateException(
    FormattableString.Invariant(
        $"A pause of {allowed.TotalSeconds:0.0##} s is allowed, and the last moves of such guests between {source} and {destination} took {past.Fixed.TotalSeconds:0.0##} s to suspend and start the guest alone ({past})."),
    "Allow a longer pause (-MaximumDowntime), or a guest that is paused as long as it takes (-OfflineFallback Always).")
{
    /// <summary>What those moves stood still for.</summary>
    public DowntimeParts Past { get; } = past;
}

/// <summary>A move was tried and did not succeed. The result says where the guest is.</summary>
public sealed class MigrationFailedException(MigrationResult result) : XenMigrateException(
    $"{result.Name} was not moved from {result.Source} to {result.Destination} ({result.Outcome}). {result.Message}",
    "What the tools wrote is in the result's Transcript: $Error[0].Exception.Result.Transcript")
{
    public MigrationResult Result { get; } = result;
}
