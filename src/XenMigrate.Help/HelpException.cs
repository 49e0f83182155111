namespace XenMigrate.Help;

/// <summary>A Markdown file is not as a cmdlet's page has to be.</summary>
internal sealed class HelpException(string file, int line, string message) : Exception(message)
{
    public string File { get; } = file;

    public int Line { get; } = line;
}
