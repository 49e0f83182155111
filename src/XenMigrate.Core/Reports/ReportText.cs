namespace XenMigrate.Reports;

/// <summary>A report in one of its formats.</summary>
internal static class ReportText
{
    /// <summary>The report as text, which is to be written as UTF-8.</summary>
    public static string ToText(this ReportContent content, ReportFormat format) => format switch
    {
        ReportFormat.Html => HtmlReport.Write(content),
        ReportFormat.Json => JsonReport.Write(content),
        ReportFormat.JUnit => JUnitReport.Write(content),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
