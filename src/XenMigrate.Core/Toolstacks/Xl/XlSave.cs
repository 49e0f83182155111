namespace XenMigrate.Toolstacks.Xl;

/// <summary>
/// <c>xl save</c>, which would leave the image readable by everybody on the host if it were let, and would write through a
/// link that somebody else put there: so the file is made first, anew.
/// </summary>
internal static class XlSave
{
    // The last word is the file. Under noclobber a shell opens none that is there already, not even one that a link leads to.
    public const string Script = """umask 077; for path; do :; done; rm -f -- "$path" && (set -C; : > "$path") && exec "$@" """;

    public static RemoteCommand Command(int id, string path, SaveMode mode)
    {
        string[] options = mode switch
        {
            SaveMode.KeepRunning => ["-c"],
            SaveMode.KeepPaused => ["-p"],
            _ => [],
        };

        return RemoteCommand.Script(Script, ["xl", "save", .. options, XlDomain.Text(id), path]);
    }
}
