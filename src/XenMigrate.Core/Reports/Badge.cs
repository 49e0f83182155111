namespace XenMigrate.Reports;

/// <summary>A word with a sign and a colour; the word alone says all.</summary>
internal static class Badge
{
    public static XElement Of(MigrationOutcome outcome) => outcome switch
    {
        MigrationOutcome.Succeeded => Element("good", "✓", "Succeeded"),
        MigrationOutcome.Refused => Element("warn", "!", "Refused"),
        MigrationOutcome.Aborted => Element("warn", "■", "Aborted"),
        MigrationOutcome.FailedSourceRunning => Element("bad", "✕", "Failed, runs at the source"),
        MigrationOutcome.FailedSourceSuspended => Element("bad", "✕", "Failed, suspended at the source"),
        _ => Element("bad", "?", "Undetermined"),
    };

    public static XElement Of(CheckStatus status) => status switch
    {
        CheckStatus.Passed => Element("good", "✓", "Passed"),
        CheckStatus.Warning => Element("warn", "!", "Warning"),
        CheckStatus.Failed => Element("bad", "✕", "Failed"),
        CheckStatus.Skipped => Element("none", "–", "Skipped"),
        _ => Element("bad", "?", "Unknown"),
    };

    public static string Words(MigrationMode mode) => mode switch
    {
        MigrationMode.Live => "Live",
        MigrationMode.Offline => "Offline",
        _ => "Live, then offline",
    };

    private static XElement Element(string kind, string sign, string word) => Html.Element(
        "span",
        Html.Class("badge " + kind),
        Html.Element("span", Html.Attribute("aria-hidden", "true"), sign),
        " " + word);
}
