using Markdig.Extensions.Yaml;
using Markdig.Syntax.Inlines;

namespace XenMigrate.Help;

/// <summary>A heading with what stands under it, and the sections of the next level.</summary>
internal sealed class PageSection(string file, string title, int line)
{
    private readonly List<Block> _blocks = [];
    private readonly List<PageSection> _parts = [];

    public string Title => title;

    public IReadOnlyList<PageSection> Parts => _parts;

    /// <summary>The section of the first heading, which is the whole page.</summary>
    public static PageSection Of(string file, MarkdownDocument document)
    {
        Stack<(int Level, PageSection Section)> open = new([(0, new PageSection(file, "", 1))]);
        foreach (Block block in document.Where(block => block is not YamlFrontMatterBlock))
        {
            if (block is not HeadingBlock heading)
            {
                open.Peek().Section._blocks.Add(block);
                continue;
            }

            while (open.Peek().Level >= heading.Level)
            {
                open.Pop();
            }

            PageSection section = new(file, Text(heading), heading.Line + 1);
            open.Peek().Section._parts.Add(section);
            open.Push((heading.Level, section));
        }

        return open.Last().Section._parts is [PageSection page] ? page : throw new HelpException(file, 1, "A page has one heading of the first level.");
    }

    public PageSection? Part(string name) => _parts.FirstOrDefault(part => part.Title == name);

    public PageSection Needed(string name) => Part(name) ?? throw new HelpException(file, line, $"{title} has no section {name}.");

    /// <summary>The first block of code in that language.</summary>
    public string? Code(string language) => _blocks.OfType<FencedCodeBlock>()
        .Where(block => block.Info == language)
        .Select(block => block.Lines.ToString())
        .FirstOrDefault();

    /// <summary>The text as Get-Help can show it: paragraphs, and lists as paragraphs with a dash.</summary>
    public IReadOnlyList<string> Paragraphs() => [.. _blocks.SelectMany(Paragraphs)];

    private IEnumerable<string> Paragraphs(Block block) => block switch
    {
        ParagraphBlock paragraph => [Text(paragraph)],
        ListBlock list => list.Cast<ListItemBlock>().Select(item => "- " + string.Join(' ', item.SelectMany(Paragraphs))),
        FencedCodeBlock => [],
        _ => throw new HelpException(file, block.Line + 1, "Get-Help shows paragraphs, lists and code only."),
    };

    private static string Text(LeafBlock block) => string.Concat(block.Inline!.Descendants().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        AutolinkInline link => link.Url,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        _ => "",
    }));
}
