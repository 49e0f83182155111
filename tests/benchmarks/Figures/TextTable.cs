namespace XenMigrate.Benchmarks;

/// <summary>Figures as a table of 79 columns.</summary>
internal static class TextTable
{
    private const int NameWidth = 35;
    private const int Width = 79;

    public static string Of(BenchmarkReport report)
    {
        StringBuilder text = new();
        _ = text.AppendLine(Measured.Text($"{report.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {report.Commit}, {report.Machine}"));
        foreach (IGrouping<string, Figure> benchmark in report.Figures.GroupBy(figure => figure.Benchmark))
        {
            _ = text.AppendLine().AppendLine(Line(benchmark.Key.ToUpperInvariant(), "measured", "goal", "spread", ""));
            foreach (Figure figure in benchmark)
            {
                _ = text.Append(Of(figure));
            }
        }

        return text.ToString();
    }

    public static string Of(Figure figure)
    {
        StringBuilder text = new();
        string[] name = [.. Wrap(figure.Name + (figure.Unit.Length > 0 ? ", " + figure.Unit : ""), NameWidth)];
        string measured = figure.Value is { } value ? figure.Show(value) : "-";
        string spread = figure.Runs.Count < 2 ? "" : figure.Kind == FigureKind.Share
            ? $"{figure.Runs.Count} runs"
            : figure.Show(figure.Values.Min()) + ".." + figure.Show(figure.Values.Max());
        _ = text.AppendLine(Line(name[0], measured, figure.Goal, spread, figure.Verdict));
        foreach (string more in name.Skip(1))
        {
            _ = text.AppendLine("  " + more);
        }

        string against = figure.Against.Length == 0 ? "" : (figure.Kind == FigureKind.Share ? "within " : "against ") + figure.Against;
        string best = figure.Best is { } known && figure.Runs.Count > 1 ? $"best against best {figure.Show(known)}" : "";
        string why = figure.Why is { } reason ? "not judged: " + reason : "";
        foreach (string more in Wrap(string.Join("; ", new[] { against, best, why }.Where(part => part.Length > 0)), Width - 4))
        {
            _ = text.AppendLine("    " + more);
        }

        return text.ToString();
    }

    /// <summary>Text in lines of so many characters, broken at blanks.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        StringBuilder line = new();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                _ = line.Clear();
            }

            _ = line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    private static string Line(string name, string measured, string goal, string spread, string verdict) =>
        $"{name.PadRight(NameWidth)} {measured,8}  {goal,-10} {spread,-11} {verdict}".TrimEnd();
}
