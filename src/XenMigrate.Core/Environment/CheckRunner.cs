using System;
using System.Collections.Generic;
using System.Linq;
using XenMigrate.Environment.Facts;
using XenMigrate.Guests;

namespace XenMigrate.Environment;

/// <summary>Which checks to make, by id or category.</summary>
/// <param name="Includes">Whether a check is wanted.</param>
/// <param name="Skips">Whether a wanted check is left out all the same, and shown as skipped.</param>
internal sealed record CheckSelection(Func<Check, bool> Includes, Func<Check, bool> Skips)
{
    public static CheckSelection Everything { get; } = new(_ => true, _ => false);

    /// <param name="skip">Ids or categories; '*' at the end of a word stands for anything.</param>
    public static CheckSelection AllBut(IReadOnlyList<string> skip) =>
        new(_ => true, check => skip.Any(pattern => Matches(check, pattern)));

    /// <summary>Whether a pattern of the user's names this check.</summary>
    public static bool Matches(Check check, string pattern) =>
        Like(check.Id, pattern) || Like(check.Category.ToString(), pattern);

    private static bool Like(string text, string pattern)
    {
        int star = pattern.IndexOf('*');
        return star < 0
            ? string.Equals(text, pattern, StringComparison.OrdinalIgnoreCase)
            : text.StartsWith(pattern.Substring(0, star), StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Judges facts by all checks.</summary>
internal static class CheckRunner
{
    /// <summary>The checks of the two hosts.</summary>
    public static IEnumerable<CheckResult> Examine(PairFacts pair, CheckSelection selection) =>
        AllChecks.InOrder.OfType<HostCheck>().Where(check => selection.Includes(check))
            .Select(check => Result(check, pair, guest: null, selection, () => check.Examine(pair)));

    /// <summary>The checks of one guest.</summary>
    public static IEnumerable<CheckResult> Examine(PairFacts pair, Guest guest, Moving moving, CheckSelection selection) =>
        AllChecks.InOrder.OfType<GuestCheck>().Where(check => selection.Includes(check))
            .Select(check => Result(check, pair, guest, selection, () => check.Judge(pair, guest, moving)));

    private static CheckResult Result(
        Check check, PairFacts pair, Guest? guest, CheckSelection selection, Func<Finding> examine)
    {
        Finding finding = selection.Skips(check)
            ? new Finding(CheckStatus.Skipped, "Left out on request.")
            : examine();

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
            ErrorId = finding.Status == CheckStatus.Failed ? finding.ErrorId ?? check.ErrorId : null,
            Evidence = finding.Evidence,
        };
    }
}
