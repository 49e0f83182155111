using System.Net;

namespace XenMigrate.Benchmarks;

/// <summary>Figures as one page for the browser that needs nothing else: a table, and of each figure where its runs lie and where its goal.</summary>
internal static class HtmlPage
{
    private const double Width = 260;
    private const double Height = 26;
    private const double Margin = 8;

    private const string Head =
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>XenMigrate benchmarks</title>
        <style>
        :root { color-scheme: light dark; --fg: #1c2330; --dim: #5b6474; --line: #d5dae2; --good: #1a7f4b; --bad: #b3261e; --mid: #8a6100; --run: #3465a4; --goal: #e3f1e8; }
        @media (prefers-color-scheme: dark) { :root { --fg: #e4e8ef; --dim: #9aa5b5; --line: #3a4250; --good: #63c990; --bad: #f2857d; --mid: #e0b34a; --run: #82aaf0; --goal: #1d3a2a; } }
        body { font: 15px/1.45 system-ui, sans-serif; color: var(--fg); max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
        p, .against { color: var(--dim); } table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .4rem .7rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        td:first-child, th:first-child { width: 24rem; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .against { font-size: 13px; } .met { color: var(--good); } .MISSED { color: var(--bad); font-weight: 600; } .not { color: var(--mid); }
        circle { fill: var(--run); fill-opacity: .55; } .axis { stroke: var(--line); } .median { stroke: var(--fg); stroke-width: 2; }
        rect { fill: var(--goal); } .limit { stroke: var(--good); stroke-dasharray: 3 2; } svg { display: block; }
        </style></head><body><h1>XenMigrate benchmarks</h1>
        """;

    public static string Of(BenchmarkReport report)
    {
        StringBuilder page = new(Head);
        _ = page.AppendLine(Measured.Text($"\n<p>{report.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {Text(report.Commit)}, {Text(report.Machine)}. A dot is a run, the bar is their median, the green side of the dashed line is the goal's.</p>"));
        foreach (IGrouping<string, Figure> benchmark in report.Figures.GroupBy(figure => figure.Benchmark))
        {
            _ = page.AppendLine(CultureInfo.InvariantCulture, $"<h2>{Text(benchmark.Key)}</h2>\n<table><tr><th>What</th><th class=\"number\">Measured</th><th class=\"number\">Goal</th><th>Runs</th><th>Verdict</th></tr>");
            foreach (Figure figure in benchmark)
            {
                _ = page.AppendLine(Row(figure));
            }

            _ = page.AppendLine("</table>");
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static string Row(Figure figure)
    {
        string against = figure.Against.Length == 0 ? "" : $"<div class=\"against\">{(figure.Kind == FigureKind.Share ? "within" : "against")} {Text(figure.Against)}</div>";
        string value = figure.Value is { } known ? figure.Show(known) : "–";
        string best = figure.Best is { } two && figure.Runs.Count > 1 ? $"<div class=\"against\">best {figure.Show(two)}</div>" : "";
        string why = figure.Why is { } reason ? $"<div class=\"against\">{Text(reason)}</div>" : "";
        string unit = figure.Unit.Length > 0 ? $", {figure.Unit}" : "";
        return $"<tr><td>{Text(figure.Name + unit)}{against}</td><td class=\"number\">{value}{best}</td><td class=\"number\">{Text(figure.Goal)}</td>"
            + $"<td>{Chart(figure)}</td><td class=\"{figure.Verdict.Split(' ')[0]}\">{Text(figure.Verdict)}{why}</td></tr>";
    }

    /// <summary>The runs on a line; of a share, each run as a part of its limit.</summary>
    private static string Chart(Figure figure)
    {
        bool isShare = figure.Kind == FigureKind.Share;
        double[] values = [.. isShare ? figure.Runs.Select(run => run.Ours / run.Theirs!.Value) : figure.Values];
        if (values.Length == 0)
        {
            return "";
        }

        (double? least, double? most) = isShare ? (null, 1.0) : (figure.Least, figure.Most);
        double[] shown = [.. values, .. new[] { least, most }.OfType<double>()];
        double range = Math.Max(shown.Max() - shown.Min(), Math.Max(Math.Abs(shown.Max()) * 0.02, 1e-9));
        double low = (shown.Min() + shown.Max() - range) / 2;
        double X(double value) => Margin + ((value - low) / range * (Width - (2 * Margin)));
        double left = least is { } from ? X(from) : 0;
        double right = most is { } to ? X(to) : Width;

        StringBuilder svg = new(Measured.Text($"<svg width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-label=\"{Text($"{values.Length} runs from {figure.Show(values.Min())} to {figure.Show(values.Max())}")}\">"));
        if (least is not null || most is not null)
        {
            _ = svg.Append(Measured.Text($"<rect x=\"{left:0.0}\" y=\"2\" width=\"{right - left:0.0}\" height=\"{Height - 4}\"/>"));
        }

        _ = svg.Append(Measured.Text($"<line class=\"axis\" x1=\"0\" x2=\"{Width}\" y1=\"{Height / 2}\" y2=\"{Height / 2}\"/>"));
        foreach (double limit in new[] { least, most }.OfType<double>())
        {
            _ = svg.Append(Line("limit", X(limit)));
        }

        foreach (double value in values)
        {
            _ = svg.Append(Measured.Text($"<circle cx=\"{X(value):0.0}\" cy=\"{Height / 2}\" r=\"4\"><title>{value:0.###}</title></circle>"));
        }

        return svg.Append(Line("median", X(Measured.Median(values)))).Append("</svg>").ToString();
    }

    private static string Line(string kind, double x) => Measured.Text($"<line class=\"{kind}\" x1=\"{x:0.0}\" x2=\"{x:0.0}\" y1=\"2\" y2=\"{Height - 2}\"/>");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
