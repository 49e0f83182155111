using Markdig;

namespace XenMigrate.Help;

internal sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks);

internal sealed record HelpText(IReadOnlyList<string> Paragraphs, string? Default = null);

internal sealed record HelpType(string Name, IReadOnlyList<string> Paragraphs);

/// <summary>The prose on a cmdlet, out of a Markdown file with the headings that platyPS has.</summary>
internal sealed record CmdletPage(
    string OnlineVersion,
    IReadOnlyList<string> Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyList<HelpExample> Examples,
    IReadOnlyDictionary<string, HelpText> Parameters,
    IReadOnlyList<HelpType> Inputs,
    IReadOnlyList<HelpType> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Links)
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().Build();

    public static CmdletPage Read(string folder, string cmdlet)
    {
        string path = Path.Combine(folder, cmdlet + ".md");
        return File.Exists(path)
            ? Parse(path, File.ReadAllText(path))
            : throw new HelpException(path, 1, $"{cmdlet} has no such page.");
    }

    public static CmdletPage Parse(string path, string markdown)
    {
        MarkdownDocument document = Markdown.Parse(markdown, s_pipeline);
        PageSection page = PageSection.Of(path, document);

        return new(
            FrontMatter.Value(document, "online version") ?? throw new HelpException(path, 1, "The front matter has no online version."),
            page.Needed("SYNOPSIS").Paragraphs(),
            page.Needed("DESCRIPTION").Paragraphs(),
            [.. page.Needed("EXAMPLES").Parts.Select(Example)],
            page.Needed("PARAMETERS").Parts.ToDictionary(part => part.Title.TrimStart('-'), Parameter),
            [.. page.Needed("INPUTS").Parts.Select(Type)],
            [.. page.Needed("OUTPUTS").Parts.Select(Type)],
            page.Part("NOTES")?.Paragraphs() ?? [],
            page.Part("RELATED LINKS")?.Paragraphs() ?? []);
    }

    private static HelpExample Example(PageSection part) => new(part.Title, part.Code("powershell") ?? "", part.Paragraphs());

    private static HelpType Type(PageSection part) => new(part.Title, part.Paragraphs());

    /// <summary>The only line that is kept of platyPS's block is a default that the class does not know.</summary>
    private static HelpText Parameter(PageSection part) =>
        new(part.Paragraphs(), part.Code("yaml") is { } yaml ? FrontMatter.Value(yaml, "Default value") : null);
}
