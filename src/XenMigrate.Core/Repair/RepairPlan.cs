namespace XenMigrate.Repair;

/// <summary>What a repair would do, step by step; without steps, why it does nothing.</summary>
/// <param name="Steps">What has to be done, in order.</param>
/// <param name="Left">What is not done, and why; null if everything is.</param>
internal sealed record RepairPlan(IReadOnlyList<RepairStep> Steps, string? Left = null)
{
    public static RepairPlan Leave(string why) => new([], why);
}

/// <summary>One change to one host, which is agreed to or declined by itself.</summary>
/// <param name="Host">The host that is changed.</param>
/// <param name="Action">What will change there, and what that rests on.</param>
/// <param name="DoAsync">Does it; returns what else there is to say of it, or null.</param>
internal sealed record RepairStep(string Host, string Action, Func<CancellationToken, Task<string?>> DoAsync)
{
    /// <summary>The commands, as one would type them there.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>What has to be answered by itself, since a yes to everything does not mean it; null for most.</summary>
    public string? Question { get; init; }

    public override string ToString() => Commands.Count > 0 ? $"{Action} ({string.Join("; ", Commands)})" : Action;
}

/// <summary>What was said to a step.</summary>
internal enum RepairConsent
{
    Given,
    Declined,

    /// <summary>It is only to be shown what would be done.</summary>
    OnlyShown,
}
