namespace XenMigrate;

/// <summary>What keeps a guest from going to a destination.</summary>
public sealed record PlanBlocker
{
    public string Destination { get; internal init; } = "";

    /// <summary>The check's id.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>What was found, on which host.</summary>
    public string Message { get; internal init => field = PrintableText.Of(value); } = "";

    /// <summary>What to do, on which host; null if the check has no advice.</summary>
    public string? Remediation { get; internal init => field = PrintableText.OfOrNull(value); }

    /// <summary>The error id of a move that fails for this reason; null where the check stayed open.</summary>
    public string? ErrorId { get; internal init; }

    public override string ToString() => $"[{Id}] {Message} {Remediation}".TrimEnd();

    internal static PlanBlocker Of(string destination, CheckResult check) => new()
    {
        Destination = destination,
        Id = check.Id,
        Message = check.Message,
        Remediation = check.Remediation,
        ErrorId = check.ErrorId,
    };
}
