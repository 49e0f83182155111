namespace XenMigrate.Ssh;

/// <summary>
/// What is run on a host in place of a command: it tells its process group, then becomes the command.
/// </summary>
internal static class WrappedCommand
{
    private const string Marker = "xenmigrate-group ";

    // It tells on both streams, where the command's own output begins: a login shell's start-up files write, too.
    // sshd makes each execution the leader of a new session. Most login shells become the command's process, but one
    // that forks leaves it in a group named after the shell: hence the look at /proc. Where there is no /proc
    // (FreeBSD's dom0), the process itself is the best guess. Commands get no standard input, so none waits for it.
    private const string Script =
        """
        export LC_ALL=C; g=; { read -r p c s q g r </proc/$$/stat; } 2>/dev/null; g="xenmigrate-group ${g:-$$}"; echo "$g"; echo "$g" >&2; exec "$@" </dev/null
        """;

    /// <summary>The line for the host's login shell.</summary>
    public static string Line(RemoteCommand command) => LoginShellLine.Of(Script, command.Words);

    /// <summary>The process group that a line tells, if it does.</summary>
    public static int? GroupOf(string line)
    {
        // Not only at the line's beginning: a start-up file may have left a line without its end.
        int at = line.IndexOf(Marker, StringComparison.Ordinal);
        return at >= 0
            && int.TryParse(
                line.Substring(at + Marker.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int group)
            ? group
            : null;
    }
}
