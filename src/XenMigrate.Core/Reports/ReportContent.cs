using System;
using System.Collections.Generic;
using XenMigrate.Environment;
using XenMigrate.Migration;

namespace XenMigrate.Reports;

/// <summary>What a report tells of: moves that were made, and environments that were checked.</summary>
internal sealed record ReportContent
{
    public required DateTimeOffset GeneratedAt { get; init; }

    public IReadOnlyList<MigrationResult> Moves { get; init; } = [];

    public IReadOnlyList<MigrationReport> Environments { get; init; } = [];

    /// <summary>The report as text, which is to be written as UTF-8.</summary>
    public string ToText(ReportFormat format) => format switch
    {
        ReportFormat.Html => HtmlReport.Write(this),
        ReportFormat.Json => JsonReport.Write(this),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}

/// <summary>How a report is written.</summary>
public enum ReportFormat
{
    /// <summary>One page for a browser, which needs no other file, no network and no script.</summary>
    Html,

    /// <summary>For programs; the names in it are stable.</summary>
    Json,
}
