using System.Text.RegularExpressions;

namespace XenMigrate.Tests;

public sealed class AboutTopicTests
{
    public static TheoryData<string> Topics =>
        [.. Directory.EnumerateFiles(Folder(), "*.help.txt").Select(path => Path.GetFileName(path)).Order()];

    [Fact]
    public void The_topic_on_checks_lists_every_check_as_it_is()
    {
        string[] expected =
            [.. AllChecks.InOrder.Select(check => $"{check.Id} ({check.Category}, {check.ErrorId}) {check.Name}")];

        Assert.Equal(expected, Entries("about_XenMigrate_Checks").Select(entry => $"{entry.Head} {entry.Text}"));
    }

    [Fact]
    public void The_topic_on_checks_says_what_each_evidence_of_shared_storage_can_tell() => Assert.Equal(
        StorageEvidence.All.Select(evidence =>
            $"{(evidence.Proves ? "proves" : "nothing")} {(evidence.Disproves ? "disproves" : "nothing")} {evidence.Name}"),
        Regex.Matches(
                File.ReadAllText(Path.Combine(Folder(), "about_XenMigrate_Checks.help.txt")),
                @"^    (?<row>(?:proves|nothing) +(?:disproves|nothing) .+\n(?:                                .+\n)*)",
                RegexOptions.Multiline)
            .Select(row => Regex.Replace(row.Groups["row"].Value.Trim(), @"\s+", " ")));

    [Fact]
    public void The_topic_on_errors_lists_every_error_id_with_its_category() => Assert.Equal(
        ErrorIds.Categories.Select(id => $"{id.Key} ({id.Value})").Order(),
        Entries("about_XenMigrate_Errors").Select(entry => entry.Head).Order());

    [Fact]
    public void Each_error_id_has_a_sentence_on_when_it_is_reported() => Assert.All(
        Entries("about_XenMigrate_Errors"),
        entry => Assert.EndsWith(".", entry.Text));

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_terminal_of_80_columns_shows_each_line_whole(string topic) =>
        Assert.DoesNotContain(File.ReadLines(Path.Combine(Folder(), topic)), line => line.Length > 79);

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_begins_with_its_name_and_what_it_is_about(string topic)
    {
        string name = topic.Replace(".help.txt", "", StringComparison.Ordinal);
        string text = File.ReadAllText(Path.Combine(Folder(), topic));

        Assert.StartsWith($"TOPIC\n    {name}\n\nSHORT DESCRIPTION\n    ", text);
        Assert.DoesNotContain('\t', text);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_names_only_topics_that_are_there(string topic) => Assert.DoesNotContain(
        Regex.Matches(File.ReadAllText(Path.Combine(Folder(), topic)), @"about_XenMigrate(_\w+)?").Select(name => name.Value),
        name => !File.Exists(Path.Combine(Folder(), name + ".help.txt")));

    /// <summary>What is written as "NAME (WHAT)" with a text below it that is further in.</summary>
    private static IEnumerable<(string Head, string Text)> Entries(string topic) =>
        Regex.Matches(
                File.ReadAllText(Path.Combine(Folder(), topic + ".help.txt")),
                @"^    (?<head>[\w-]+ \([\w, ]+\))\n(?<text>(?:        .+\n)+)",
                RegexOptions.Multiline)
            .Select(entry => (entry.Groups["head"].Value, Regex.Replace(entry.Groups["text"].Value.Trim(), @"\s+", " ")));

    private static string Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "XenMigrate.psd1")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "module/en-US");
    }
}
