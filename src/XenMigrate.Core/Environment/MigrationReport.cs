using System;
using System.Collections.Generic;
using System.Linq;

namespace XenMigrate.Environment;

/// <summary>Everything the checks found for one source, one destination and some guests.</summary>
public sealed record MigrationReport
{
    public required string Source { get; init; }

    public required string Destination { get; init; }

    public IReadOnlyList<string> Guest { get; init; } = [];

    public IReadOnlyList<CheckResult> CheckResult { get; init; } = [];

    public DateTimeOffset GeneratedAt { get; init; }

    /// <summary>The worst of the results: Failed, Unknown, Warning, Passed.</summary>
    public CheckStatus Status =>
        Any(CheckStatus.Failed) ? CheckStatus.Failed
        : Any(CheckStatus.Unknown) ? CheckStatus.Unknown
        : Any(CheckStatus.Warning) ? CheckStatus.Warning
        : CheckStatus.Passed;

    /// <summary>Whether a move may begin: nothing failed, and no question that matters stayed open.</summary>
    public bool IsReady => !CheckResult.Any(Blocks);

    /// <summary>A failure blocks; so does not knowing, where a failure would.</summary>
    internal static bool Blocks(CheckResult result) =>
        result.Severity == CheckSeverity.Error
        && result.Status is CheckStatus.Failed or CheckStatus.Unknown;

    private bool Any(CheckStatus status) => CheckResult.Any(result => result.Status == status);
}
