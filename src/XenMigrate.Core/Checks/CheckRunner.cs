namespace XenMigrate.Checks;

/// <summary>Which checks to make, by id or category.</summary>
/// <param name="Includes">Whether a check is wanted.</param>
/// <param name="Skips">Whether a wanted check is left out all the same, and shown as skipped.</param>
internal sealed record CheckSelection(Func<Check, bool> Includes, Func<Check, bool> Skips)
{
    public static CheckSelection Everything { get; } = new(_ => true, _ => false);

    /// <param name="skip">Ids or categories; with the wildcards * and ?.</param>
    /// <exception cref="CheckNotFoundException">One of them names no check: a misspelt id must not be ignored.</exception>
    public static CheckSelection AllBut(IReadOnlyList<string> skip) => Of([], null, skip);

    /// <param name="only">Ids or categories, with wildcards; none for all.</param>
    /// <param name="categories">Categories together; null for all.</param>
    /// <param name="skip">Ids or categories of those that are left out all the same, with wildcards.</param>
    /// <exception cref="CheckNotFoundException">One of them names no check, or together they leave none.</exception>
    public static CheckSelection Of(IReadOnlyList<string> only, CheckCategory? categories, IReadOnlyList<string> skip)
    {
        if (only.Concat(skip).FirstOrDefault(pattern => !AllChecks.InOrder.Any(check => Matches(check, pattern))) is { } stray)
        {
            throw new CheckNotFoundException(stray);
        }

        bool Includes(Check check) =>
            (only.Count == 0 || only.Any(pattern => Matches(check, pattern)))
            && (categories is not { } wanted || (check.Category & wanted) != CheckCategory.None);

        bool Skips(Check check) => skip.Any(pattern => Matches(check, pattern));

        // To check nothing must not look as if nothing were wrong.
        return AllChecks.InOrder.Any(Includes)
            ? new CheckSelection(Includes, Skips)
            : throw new CheckNotFoundException(string.Join(", ", only.Append(categories?.ToString()).OfType<string>()));
    }

    /// <summary>Whether a check is left out, by its id.</summary>
    public bool LeavesOut(string id) => AllChecks.InOrder.Any(check => check.Id == id && Skips(check));

    /// <summary>Whether a pattern of the user's names this check.</summary>
    public static bool Matches(Check check, string pattern) =>
        Like(check.Id, pattern) || Like(check.Category.ToString(), pattern);

    private static bool Like(string text, string pattern) => Regex.IsMatch(
        text,
        "^" + Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".") + "$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}

/// <summary>Judges facts by all checks.</summary>
internal static class CheckRunner
{
    /// <summary>The checks of the two hosts.</summary>
    public static IEnumerable<CheckResult> Examine(PairFacts pair, Moving moving, CheckSelection selection) =>
        AllChecks.InOrder.OfType<HostCheck>().Where(check => selection.Includes(check))
            .Select(check => Result(check, pair, guest: null, selection, () => check.Evaluate(pair, moving)));

    /// <summary>The checks of one guest. Where it would move to its own host and that is said, no more is to be said of it.</summary>
    public static IEnumerable<CheckResult> Examine(PairFacts pair, Guest guest, Moving moving, CheckSelection selection) =>
        AllChecks.InOrder.OfType<GuestCheck>().Where(check => selection.Includes(check))
            .Select(check => Result(check, pair, guest, selection, () => SessionCheck.IsOneMachine(pair) && Says<SessionCheck>(selection)
                ? new Finding(CheckStatus.Skipped, $"{guest.Name} is there already: {pair.Source.Host} and {pair.Destination.Host} are the same machine.")
                : check.Evaluate(pair, guest, moving)));

    private static bool Says<T>(CheckSelection selection)
        where T : Check => AllChecks.InOrder.OfType<T>().Any(check => selection.Includes(check) && !selection.Skips(check));

    private static CheckResult Result(
        Check check, PairFacts pair, Guest? guest, CheckSelection selection, Func<Finding> examine)
    {
        Finding finding = selection.Skips(check)
            ? new Finding(CheckStatus.Skipped, "Left out on request.")
            : examine();

        string? errorId = finding.Status == CheckStatus.Failed ? finding.ErrorId ?? check.ErrorId : null;
        return new CheckResult
        {
            Id = check.Id,
            Name = check.Name,
            Category = check.Category,
            Severity = check.Severity,
            Status = finding.Status,
            Guest = guest?.Name,
            Source = pair.Source.Host,
            Destination = pair.Destination.Host,
            Expected = finding.Expected,
            Actual = finding.Actual,
            Message = finding.Message,
            Remediation = finding.Remediation,
            Repairable = Mendable.Of(check.Id, finding.Status, errorId) is not null,
            ErrorId = errorId,
            Evidence = finding.Evidence,
        };
    }
}
