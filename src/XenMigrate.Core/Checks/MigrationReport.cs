namespace XenMigrate;

/// <summary>Everything the checks found for one source, one destination and some guests.</summary>
public sealed record MigrationReport
{
    /// <summary>For how long a report counts as what is so now.</summary>
    internal static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    public string Source { get; internal init; } = "";

    public string Destination { get; internal init; } = "";

    /// <summary>What the source was told to call the destination; null for the destination's name.</summary>
    public string? MigrationAddress { get; internal init; }

    public IReadOnlyList<string> Guest { get; internal init => field = PrintableText.All(value).Indexed(); } = IndexedList<string>.None;

    public IReadOnlyList<CheckResult> CheckResult { get; internal init => field = value.Indexed(); } = IndexedList<CheckResult>.None;

    public DateTimeOffset GeneratedAt { get; internal init; }

    /// <summary>
    /// Memory that the destination has free once these guests are there, MiB; below zero if they do not fit. Null if
    /// that is not known.
    /// </summary>
    public long? FreeMemoryMB => FreeNowMB - Found.Sum(guest => FreeMemoryCheck.NeededMB(guest));

    /// <summary>The worst of the results: Failed, Unknown, Warning, Passed.</summary>
    public CheckStatus Status =>
        Any(CheckStatus.Failed) ? CheckStatus.Failed
        : Any(CheckStatus.Unknown) ? CheckStatus.Unknown
        : Any(CheckStatus.Warning) ? CheckStatus.Warning
        : CheckStatus.Passed;

    /// <summary>Whether a move may begin: nothing failed, and no question that matters stayed open.</summary>
    public bool IsReady => !CheckResult.Any(Blocks);

    /// <summary>What speaks most against a move: the first result that forbids it, else the first that did not pass.</summary>
    public CheckResult? Problem => CheckResult.FirstOrDefault(Blocks) ?? CheckResult.FirstOrDefault(IsProblem);

    public override string ToString() => $"{string.Join(", ", Guest)}: {Source} to {Destination}, {Status}";

    /// <summary>The guests as the source described them; none in a report that somebody put together by hand.</summary>
    internal IReadOnlyList<Guest> Found { get; init; } = [];

    /// <summary>Memory that the destination had free, MiB.</summary>
    internal long? FreeNowMB { get; init; }

    /// <summary>The same for one of the guests alone.</summary>
    internal MigrationReport For(string guest) => this with
    {
        Guest = [guest],
        Found = [.. Found.Where(found => found.Name == guest)],
        CheckResult = [.. CheckResult.Where(result => result.Guest is null || result.Guest == guest)],
    };

    /// <summary>The same without what passed or was skipped.</summary>
    internal MigrationReport WithProblemsOnly() => this with { CheckResult = [.. CheckResult.Where(IsProblem)] };

    /// <summary>Whether it still tells what is so, and need not be asked again.</summary>
    internal bool IsFresh(DateTimeOffset now) => now >= GeneratedAt && now - GeneratedAt <= Validity;

    /// <summary>A failure blocks; so does not knowing, where a failure would.</summary>
    internal static bool Blocks(CheckResult result) =>
        result.Severity == CheckSeverity.Error
        && result.Status is CheckStatus.Failed or CheckStatus.Unknown;

    private static bool IsProblem(CheckResult result) => result.Status is not (CheckStatus.Passed or CheckStatus.Skipped);

    private bool Any(CheckStatus status) => CheckResult.Any(result => result.Status == status);
}
