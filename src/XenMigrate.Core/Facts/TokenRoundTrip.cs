namespace XenMigrate.Facts;

/// <summary>What came of one file in a folder, written by each host and looked for by the other.</summary>
/// <param name="Folder">The folder that holds disks of guests.</param>
/// <param name="Passages">Source to destination, and destination to source.</param>
internal sealed record TokenRoundTrip(string Folder, IReadOnlyList<TokenPassage> Passages)
{
    /// <summary>Whether both hosts read what the other wrote; null if that could not be tried.</summary>
    public bool? IsShared => Passages.Any(passage => passage.Arrived == false) ? false
        : Passages.All(passage => passage.Arrived == true) ? true
        : null;
}

/// <summary>One way of a token.</summary>
/// <param name="Writer">The host that wrote it.</param>
/// <param name="Reader">The host that looked for it.</param>
/// <param name="Token">The file and what was written to it.</param>
/// <param name="Written">How the writing ended.</param>
/// <param name="Read">How the reading ended.</param>
internal sealed record TokenPassage(
    string Writer, string Reader, StorageToken Token, Answer<CommandResult> Written, Answer<CommandResult> Read)
{
    /// <summary>Whether it is still there, since nobody could remove it.</summary>
    public bool IsLeft { get; init; }

    /// <summary>Whether the other host read what was written; null if one of them could not be asked, or may not look there.</summary>
    public bool? Arrived => Written.Value is not { } written ? null
        : !written.Succeeded ? false
        : Read.Value is { Succeeded: true } read ? read.Output == Token.Text
        // Any other failure is no word on whether it is there.
        : Read.Value?.Error.Contains("No such file or directory") == true || Read.Value?.Error.Contains("Not a directory") == true ? false
        : null;
}

/// <summary>A file that shows whether two hosts see one folder.</summary>
internal sealed record StorageToken(string Path, string Text)
{
    public const string Name = "write a token";

    // With noclobber it is written only if there is no such file: never over anybody's.
    private const string WriteScript = """umask 022; set -C; printf %s "$2" > "$1" """;

    public RemoteCommand Write => RemoteCommand.Script(WriteScript, Path, Text).Named(Name);

    public RemoteCommand Read => new("cat", "--", Path);

    public RemoteCommand Remove => new("rm", "-f", "--", Path);
}
