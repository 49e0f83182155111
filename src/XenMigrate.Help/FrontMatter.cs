using Markdig.Extensions.Yaml;

namespace XenMigrate.Help;

/// <summary>Lines of "name: value", which is all of YAML that pages have.</summary>
internal static class FrontMatter
{
    public static string? Value(MarkdownDocument document, string name) =>
        document.OfType<YamlFrontMatterBlock>().FirstOrDefault() is { } block ? Value(block.Lines.ToString(), name) : null;

    public static string? Value(string yaml, string name) => yaml.Split('\n')
        .Where(line => line.StartsWith(name + ":", StringComparison.Ordinal))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault(value => value.Length > 0);
}
