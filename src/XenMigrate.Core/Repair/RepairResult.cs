namespace XenMigrate;

/// <summary>What became of one result of a check: what was done, and what is left to do.</summary>
public sealed record RepairResult
{
    /// <summary>The check's id.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>The check in words.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The guest it is about; null for a check of the hosts.</summary>
    public string? Guest { get; internal init => field = PrintableText.LineOrNull(value); }

    public string Source { get; internal init; } = "";

    public string Destination { get; internal init; } = "";

    public RepairOutcome Outcome { get; internal init; }

    /// <summary>What was done on which host, in order.</summary>
    public IReadOnlyList<string> Action { get; internal init => field = PrintableText.All(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>What is left, and why; null if nothing is.</summary>
    public string? Left { get; internal init => field = PrintableText.OfOrNull(value); }

    /// <summary>What to do about what is left, on which host; null if nothing is.</summary>
    public string? Remediation { get; internal init => field = PrintableText.OfOrNull(value); }

    /// <summary>What the check says now, made again after whatever was done.</summary>
    public CheckStatus Status { get; internal init; }

    /// <summary>What the check found, then.</summary>
    public string? Message { get; internal init => field = PrintableText.OfOrNull(value); }

    /// <summary>What went wrong, where something did.</summary>
    internal XenMigrateException? Error { get; init; }

    public override string ToString() => $"{Id} {Outcome}: {Left ?? Message}";
}

/// <summary>How a repair ended.</summary>
public enum RepairOutcome
{
    /// <summary>The check, made again, does not fail any more.</summary>
    Repaired,

    /// <summary>Nothing was touched: it is not safe to mend from here, or not known how.</summary>
    Left,

    /// <summary>It was not agreed to. What had been agreed to before is done.</summary>
    Declined,

    /// <summary>A step failed, or the check fails all the same.</summary>
    Failed,
}
