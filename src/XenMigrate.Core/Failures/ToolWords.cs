namespace XenMigrate.Failures;

/// <summary>Which of a tool's lines says why it failed.</summary>
internal static class ToolWords
{
    /// <summary>
    /// The line that tells the cause; else the last that calls itself an error, since xm writes its usage after it; else the
    /// last. Null if there is none.
    /// </summary>
    public static string? Reason(IReadOnlyList<string> lines, FailureCause? cause) =>
        (lines.FirstOrDefault(line => cause?.IsReportedBy(line) == true)
            ?? lines.LastOrDefault(line => line.TrimStart().StartsWith("error:", StringComparison.OrdinalIgnoreCase))
            ?? lines.LastOrDefault(line => line.Trim().Length > 0 && !IsDeprecation(line) && !IsOurs(line)))?.Trim();

    /// <summary>What a command wrote, but for the warnings that xm and Python give of themselves each time.</summary>
    public static string WithoutDeprecation(string text) => !IsDeprecation(text)
        ? text
        : string.Join("\n", text.Split('\n').Where(line => !IsDeprecation(line)));

    /// <summary>Whether it is a note of our own in a transcript, which is no evidence of anything.</summary>
    public static bool IsOurs(string line) => line.StartsWith("xenmigrate: ", StringComparison.Ordinal);

    private static bool IsDeprecation(string text) => text.Contains("deprecat", StringComparison.OrdinalIgnoreCase);
}
