namespace XenMigrate.Reports;

/// <summary>One move: how it ended, what to do, its figures, its rounds, its checks, and what the tools said.</summary>
internal static class MoveSection
{
    public static XElement Build(MigrationResult move, string id) => Html.Element(
        "section",
        Html.Attribute("id", id),
        Html.Attribute("aria-labelledby", id + "-name"),
        Html.Element(
            "h2",
            Html.Attribute("id", id + "-name"),
            Html.Element("bdi", move.Name),
            " ",
            Html.Element("span", Html.Class("quiet"), $"{move.Source} → {move.Destination}"),
            " ",
            Badge.Of(move.Outcome)),
        Html.Element("p", Html.Class("lead"), Sentence(move)),
        Advice(move),
        FigureList(move),
        Rounds(move, id),
        Checks(move),
        Transcript(move));

    /// <summary>The move in one or two sentences.</summary>
    public static string Sentence(MigrationResult move)
    {
        string where = move.Outcome switch
        {
            MigrationOutcome.Succeeded => $"The guest runs at {move.ComputerName ?? move.Destination}.",
            MigrationOutcome.Refused => $"A check said no; nothing was touched. The guest is at {move.Source}.",
            MigrationOutcome.Undetermined => "It can't be told who has the guest. Start nothing before you looked.",
            MigrationOutcome.FailedSourceSuspended => $"The guest is at {move.Source}, and does not run.",
            _ => $"The guest runs at {move.Source}, as before.",
        };
        string sent = move.Iteration.Count > 0
            ? $" Its memory was sent in {Figures.Many(move.Iteration.Count, "round")}{(move.BytesTransferred is { } bytes ? $", {Figures.Size((double)bytes)} in all" : "")}."
            : "";
        string pause = move.Downtime is { } downtime
            ? $" It stood still for {Figures.Time(downtime)}."
            : "";
        return where + sent + pause;
    }

    private static XElement? Advice(MigrationResult move) => move.Message is null
        ? null
        : Html.Element(
            "p",
            Html.Class(move.Outcome == MigrationOutcome.Succeeded ? "note" : "note alarm"),
            move.ErrorId is null ? null : Html.Element("strong", move.ErrorId + ". "),
            move.Message);

    private static XElement FigureList(MigrationResult move) => Html.Element(
        "dl",
        Entries(move).SelectMany(entry => new[]
        {
            Html.Element(
                "div",
                entry.Value.Length > 24 ? Html.Class("long") : null,
                Html.Element("dt", entry.Name),
                Html.Element("dd", entry.Value)),
        }));

    private static IEnumerable<(string Name, string Value)> Entries(MigrationResult move)
    {
        yield return ("Mode", Badge.Words(move.Mode));
        yield return ("Took in all", Figures.Time(move.Duration));
        yield return ("Pause, measured", Figures.Time(move.Downtime));
        yield return ("Pause, predicted", Figures.Time(move.PredictedDowntime));
        if (move.DowntimePart is { } measured)
        {
            yield return ("Pause, its parts", measured.ToString());
        }

        if (move.PredictedDowntimePart is { } predicted)
        {
            yield return ("Predicted parts", predicted.ToString());
        }

        yield return ("Heartbeat gap", Figures.Time(move.HeartbeatGap));
        yield return ("Sent", Figures.Size(move.BytesTransferred));
        if (move.StopReason is { } reason)
        {
            yield return ("Why it stopped copying live", reason);
        }
    }

    private static IEnumerable<XElement> Rounds(MigrationResult move, string id)
    {
        if (move.Iteration.Count == 0)
        {
            yield break;
        }

        RoundSeries series = new(move);
        yield return Html.Element("h3", "Rounds");
        yield return RoundPicture.Build(series, id + "-picture");
        yield return RoundTable.Build(series);
    }

    private static IEnumerable<XElement> Checks(MigrationResult move)
    {
        if (move.Check.Count == 0)
        {
            yield break;
        }

        yield return Html.Element("h3", "Checks before the move");
        if (move.SkippedCheck.Count > 0)
        {
            yield return Html.Element("p", "Left out on request: " + string.Join(", ", move.SkippedCheck) + ".");
        }

        foreach (XElement table in CheckTable.Build(move.Check))
        {
            yield return table;
        }
    }

    private static XElement? Transcript(MigrationResult move) => move.Transcript.Count == 0
        ? null
        : Html.Element(
            "details",
            Html.Element("summary", "What the tools on the hosts said"),
            Html.Element("pre", Html.Attribute("tabindex", "0"), string.Join("\n", move.Transcript)));
}
