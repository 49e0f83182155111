namespace XenMigrate;

/// <summary>A guest that a plan has no place for.</summary>
public sealed record UnplacedGuest
{
    /// <summary>The guest's name.</summary>
    public string Name { get; internal init => field = PrintableText.Line(value); } = "";

    public Guid? Uuid { get; internal init; }

    public string Source { get; internal init; } = "";

    public long MemoryMB { get; internal init; }

    /// <summary>Why there is none, with the figures.</summary>
    public string Reason { get; internal init => field = PrintableText.Of(value); } = "";

    /// <summary>What the checks say of each destination that they refuse.</summary>
    public IReadOnlyList<PlanBlocker> Blocker { get; internal init => field = value.Indexed(); } = IndexedList<PlanBlocker>.None;

    /// <summary>The error id that its move has if it is tried.</summary>
    public string ErrorId { get; internal init; } = "PreflightFailed";

    internal IReadOnlyList<CheckResult> Check { get; init; } = [];

    public override string ToString() => $"{Name} ({MemoryMB} MiB) on {Source}: {Reason}";

    /// <summary>What a move of it comes to.</summary>
    internal MigrationResult Refuse(string destinations, bool live) => new()
    {
        Name = Name,
        Uuid = Uuid,
        Source = Source,
        Destination = destinations,
        ComputerName = ErrorId == "GuestNotFound" ? null : Source,
        Mode = live ? MigrationMode.Live : MigrationMode.Offline,
        Outcome = MigrationOutcome.Refused,
        ErrorId = ErrorId,
        Message = string.Join(
            " ", Blocker.Select(blocker => blocker.ToString()).Prepend($"Nothing was touched. {Name} can't be moved: {Reason}")),
        Check = Check,
    };
}
