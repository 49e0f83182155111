namespace XenMigrate.Lifecycle;

/// <summary>
/// The file that a tool writes a guest's memory into: made anew, for root alone, and never the one that a symbolic link
/// leads to. The tools keep the mode of a file that is there, and follow links.
/// </summary>
internal static class FreshFile
{
    public const string Name = "make a file anew";

    // Under noclobber a shell opens no file that is there already, not even one that a link leads to.
    public const string Script = """rm -f -- "$1" && umask 077 && set -C && : > "$1" """;

    public static RemoteCommand Command(string path) => RemoteCommand.Script(Script, path).Named(Name);
}
