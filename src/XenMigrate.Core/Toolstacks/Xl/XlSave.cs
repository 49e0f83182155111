using XenMigrate.Hosts;

namespace XenMigrate.Toolstacks.Xl;

/// <summary><c>xl save</c>, which would leave the image readable by everybody on the host if it were let.</summary>
internal static class XlSave
{
    public static RemoteCommand Command(int id, string path, SaveMode mode)
    {
        string[] options = mode switch
        {
            SaveMode.KeepRunning => ["-c"],
            SaveMode.KeepPaused => ["-p"],
            _ => [],
        };

        return RemoteCommand.Script(
            """umask 077; exec "$@" """, ["xl", "save", .. options, XlDomain.Text(id), path]);
    }
}
