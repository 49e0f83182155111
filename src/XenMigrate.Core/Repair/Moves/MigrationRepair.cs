namespace XenMigrate;

/// <summary>What became of a move that was left half done: what was found, what was done, and what is left to do.</summary>
public sealed record MigrationRepair
{
    /// <summary>The guest's name.</summary>
    public string Name { get; internal init => field = PrintableText.Line(value); } = "";

    public Guid? Uuid { get; internal init; }

    public string Source { get; internal init; } = "";

    public string Destination { get; internal init; } = "";

    public MigrationRepairOutcome Outcome { get; internal init; }

    /// <summary>The host that the guest runs on now; null if it runs nowhere, or if that can't be told.</summary>
    public string? ComputerName { get; internal init; }

    /// <summary>What both hosts and the journal told before anything was done.</summary>
    public IReadOnlyList<string> Found { get; internal init => field = PrintableText.All(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>The last step that the journal tells of; null without a journal.</summary>
    public MigrationStep? Step { get; internal init; }

    /// <summary>How far the move was by its journal; null without one.</summary>
    public JournalState? State { get; internal init; }

    /// <summary>What was done on which host, in order.</summary>
    public IReadOnlyList<string> Action { get; internal init => field = PrintableText.All(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>What both hosts told after it; what was found, if nothing was done.</summary>
    public IReadOnlyList<string> Now { get; internal init => field = PrintableText.All(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>What is left, and why; null if nothing is.</summary>
    public string? Left { get; internal init => field = PrintableText.OfOrNull(value); }

    /// <summary>What to do about what is left, on which host; null if nothing is.</summary>
    public string? Remediation { get; internal init => field = PrintableText.OfOrNull(value); }

    /// <summary>The file of the move's journal; null if it has none.</summary>
    public string? LogPath { get; internal init; }

    /// <summary>What went wrong, where something did.</summary>
    internal XenMigrateException? Error { get; init; }

    public override string ToString() => $"{Name}: {Outcome}{(ComputerName is null ? "" : $", runs at {ComputerName}")}";
}

/// <summary>How the repair of a move ended.</summary>
public enum MigrationRepairOutcome
{
    /// <summary>One copy runs under its own name, and no other is there.</summary>
    Settled,

    /// <summary>It was so before, or the move ended by itself and the guest was moved again since; nothing was done.</summary>
    NothingToDo,

    /// <summary>Nothing was touched: something is under way, a host did not answer, or who has the guest can't be told.</summary>
    Left,

    /// <summary>It was not agreed to, and nothing was touched.</summary>
    Declined,

    /// <summary>A step failed, or the hosts show something else after it.</summary>
    Failed,

    /// <summary>What the move left was of no use and is taken away; neither host has the guest, which is to be started afresh.</summary>
    Cleared,
}
