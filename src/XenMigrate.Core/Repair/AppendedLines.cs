namespace XenMigrate.Repair;

/// <summary>Adds lines to a file of ssh's: what is there stays as it is, and its mode too; a new one is for its owner alone.</summary>
internal static class AppendedLines
{
    /// <summary>$1 is the file; what follows are the lines.</summary>
    private const string Script =
        """
        umask 077
        file=$1; shift
        folder=$(dirname -- "$file")
        [ -d "$folder" ] || mkdir -p -- "$folder" || exit 32
        if [ -s "$file" ] && [ -n "$(tail -c 1 -- "$file")" ]; then
          echo >> "$file" || exit 32
        fi
        for line do
          printf '%s\n' "$line" >> "$file" || exit 32
        done
        if command -v restorecon >/dev/null 2>&1; then
          restorecon -- "$folder" "$file" || echo "restorecon failed for $file" >&2
        fi
        """;

    public static RemoteCommand Command(string path, IEnumerable<string> lines) => RemoteCommand.Script(Script, [path, .. lines]);
}
