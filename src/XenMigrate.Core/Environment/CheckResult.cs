using System;

namespace XenMigrate.Environment;

/// <summary>What one check found.</summary>
public sealed record CheckResult
{
    /// <summary>Stable: XM-NET-01 and the like.</summary>
    public required string Id { get; init; }

    /// <summary>The check in words.</summary>
    public required string Name { get; init; }

    public CheckCategory Category { get; init; }

    public CheckStatus Status { get; init; }

    /// <summary>What a move would suffer if the check fails.</summary>
    public CheckSeverity Severity { get; init; }

    /// <summary>The guest it is about; null for a check of the hosts.</summary>
    public string? Guest { get; init; }

    public required string Source { get; init; }

    public required string Destination { get; init; }

    public string? Expected { get; init; }

    public string? Actual { get; init; }

    /// <summary>What was found, on which host.</summary>
    public required string Message { get; init; }

    /// <summary>What to do, on which host; null if nothing needs doing.</summary>
    public string? Remediation { get; init; }

    /// <summary>Whether Repair-MigrationEnvironment has a way to mend it; it looks again first, and may leave it all the same.</summary>
    public bool Repairable { get; init; }

    /// <summary>The error id that a move failing for this reason has; null unless the check failed.</summary>
    public string? ErrorId { get; init; }

    public Evidence? Evidence { get; init; }

    public TimeSpan Duration { get; init; }

    public override string ToString() => $"{Id} {Status}: {Message}";
}

/// <summary>What a check's answer rests on.</summary>
/// <param name="ComputerName">The host that was asked.</param>
/// <param name="Command">The command, as a shell would read it.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Excerpt">The part of its output that matters.</param>
public sealed record Evidence(string ComputerName, string Command, int ExitCode, string Excerpt);

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
