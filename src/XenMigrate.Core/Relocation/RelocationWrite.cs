namespace XenMigrate.Relocation;

/// <summary>
/// Puts a new text in a file's place, all or nothing: if anything goes wrong, the file is as it was and nothing else
/// is left in its folder.
/// </summary>
internal static class RelocationWrite
{
    public const string Name = "replace a text";

    public const int NotFound = 31;
    public const int Failed = 32;
    public const int OwnerLost = 33;
    public const int Changed = 34;

    /// <summary>
    /// $1 is the file, $2 what it held when it was read, $3 what it shall hold, $4 what the old file's name gets at its
    /// end. The old file keeps its inode, so what was in it can't be lost, and a name that is taken is not used.
    /// Signals are ignored from the rename on: it is not undone, so the old file must stay.
    /// </summary>
    internal const string Script =
        """
        umask 077
        file=$(readlink -f -- "$1") && [ -f "$file" ] || { echo "there is no file $1" >&2; exit 31; }
        old=$file$4
        new=
        kept=
        trap 'rm -f -- ${new:+"$new"} ${kept:+"$kept"}' EXIT
        trap 'exit 32' HUP INT TERM
        new=$(mktemp "$file.XXXXXX") || exit 32
        cp -a -- "$file" "$new" || exit 32
        printf %b "$3" > "$new" || exit 32
        printf %b "$3" | cmp -- - "$new" >&2 || exit 32
        [ "$(stat -c '%a %u %g' -- "$new")" = "$(stat -c '%a %u %g' -- "$file")" ] || exit 33
        ln -- "$file" "$old" || exit 32
        kept=$old
        printf %b "$2" | cmp -s -- - "$old" || exit 34
        [ "$file" -ef "$old" ] || exit 34
        trap '' HUP INT TERM
        mv -f -T -- "$new" "$file" || exit 32
        new=
        kept=
        """;

    public static RemoteCommand Command(string path, string old, string text, string backupSuffix) =>
        RemoteCommand.Script(Script, path, RelocationFile.Encode(old), RelocationFile.Encode(text), backupSuffix).Named(Name);

    /// <exception cref="ConfigurationWriteFailedException">It was not written.</exception>
    public static void Check(string host, string path, CommandResult result)
    {
        if (result.Succeeded)
        {
            return;
        }

        string said = result.Error.Trim();
        throw result.ExitCode switch
        {
            NotFound => new ConfigurationWriteFailedException(host, path, "it is no file any more"),
            OwnerLost => new ConfigurationWriteFailedException(
                host, path, "a new file could not be given its owner and mode", $"Connect as root: Connect-MigrationHost {host} -UserName root"),
            Changed => new ConfigurationWriteFailedException(
                host, path, "somebody changed it since it was read", "Look at what was changed, and give the command again."),
            _ => new ConfigurationWriteFailedException(
                host, path, said.Length > 0 ? said : $"writing ended with exit code {result.ExitCode}"),
        };
    }
}
