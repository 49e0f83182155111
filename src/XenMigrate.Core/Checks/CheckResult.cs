namespace XenMigrate;

/// <summary>What one check found.</summary>
public sealed record CheckResult
{
    /// <summary>Stable: XM-NET-01 and the like.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>The check in words.</summary>
    public string Name { get; internal init; } = "";

    public CheckCategory Category { get; internal init; }

    public CheckStatus Status { get; internal init; }

    /// <summary>What a move would suffer if the check fails.</summary>
    public CheckSeverity Severity { get; internal init; }

    /// <summary>The guest it is about; null for a check of the hosts.</summary>
    public string? Guest { get; internal init => field = PrintableText.OfOrNull(value); }

    public string Source { get; internal init; } = "";

    public string Destination { get; internal init; } = "";

    public string? Expected { get; internal init => field = PrintableText.OfOrNull(value); }

    public string? Actual { get; internal init => field = PrintableText.OfOrNull(value); }

    /// <summary>What was found, on which host.</summary>
    public string Message { get; internal init => field = PrintableText.Of(value); } = "";

    /// <summary>What to do, on which host; null if nothing needs doing.</summary>
    public string? Remediation { get; internal init => field = PrintableText.OfOrNull(value); }

    /// <summary>Whether Repair-MigrationEnvironment has a way to mend it; it looks again first, and may leave it all the same.</summary>
    public bool Repairable { get; internal init; }

    /// <summary>The error id that a move failing for this reason has; null unless the check failed.</summary>
    public string? ErrorId { get; internal init; }

    public Evidence? Evidence { get; internal init; }

    public TimeSpan Duration { get; internal init; }

    public override string ToString() => $"{Id} {Status}: {Message}";
}

/// <summary>How a check ended.</summary>
public enum CheckStatus
{
    Passed,
    Warning,
    Failed,

    /// <summary>Left out, because the caller said so or because it does not apply.</summary>
    Skipped,

    /// <summary>The question could not be asked or its answer not be read: not a pass.</summary>
    Unknown,
}

/// <summary>What a failing check means for a move.</summary>
public enum CheckSeverity
{
    Information,
    Warning,
    Error,
}

/// <summary>What a check is about.</summary>
[Flags]
public enum CheckCategory
{
    None = 0,
    Connection = 1,
    Version = 2,
    Network = 4,
    Storage = 8,
    Relocation = 16,
    Cpu = 32,
    Memory = 64,
    Time = 128,
    Name = 256,
    Device = 512,
    Firewall = 1024,
    Guest = 2048,
}
