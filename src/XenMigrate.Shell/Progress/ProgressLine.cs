using System;
using System.Globalization;
using System.Management.Automation;
using XenMigrate.Shell.Terminals;

namespace XenMigrate.Shell.Progress;

/// <summary>One activity as one line: what, a bar, percent, the time that remains, and the step.</summary>
internal static class ProgressLine
{
    private const char Filled = '━';

    public static string Format(ProgressRecord record, int depth, int width, bool hasColours)
    {
        string indent = new(' ', 2 * depth);
        string figures = Figures(record);
        int bar = record.PercentComplete >= 0 ? Math.Clamp(width / 8, 6, 20) : 0;
        int room = width - Cells.Of(indent) - Cells.Of(figures) - bar - (bar > 0 ? 2 : 0) - 2;

        string status = record.StatusDescription ?? "";
        int forActivity = Math.Max(room - Cells.Of(status), room / 2);
        string activity = Cells.Fit(record.Activity ?? "", Math.Max(0, forActivity));
        status = Cells.Fit(status, Math.Max(0, room - Cells.Of(activity)));

        string line = indent + Paint(activity, "\e[1m", hasColours);
        if (bar > 0)
        {
            line += "  " + Bar(Math.Min(record.PercentComplete, 100), bar, hasColours);
        }

        return $"{line}{figures}  {Paint(status, "\e[2m", hasColours)}".TrimEnd();
    }

    private static string Bar(int percent, int width, bool hasColours)
    {
        int halves = percent * width * 2 / 100;
        string filled = new string(Filled, halves / 2) + (halves % 2 > 0 ? "╸" : "");
        string rest = new('─', width - ((halves + 1) / 2));
        return Paint(filled, percent >= 100 ? "\e[32m" : "\e[36m", hasColours) + Paint(rest, "\e[2m", hasColours);
    }

    private static string Figures(ProgressRecord record)
    {
        string percent = record.PercentComplete >= 0
            ? string.Create(CultureInfo.InvariantCulture, $" {Math.Min(record.PercentComplete, 100),3} %")
            : "";
        return record.SecondsRemaining >= 0 ? $"{percent}  {Remaining(record.SecondsRemaining)} left" : percent;
    }

    private static string Remaining(int seconds) =>
        TimeSpan.FromSeconds(seconds).ToString(seconds >= 3600 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    private static string Paint(string text, string colour, bool hasColours) =>
        hasColours && text.Length > 0 ? $"{colour}{text}\e[0m" : text;
}
