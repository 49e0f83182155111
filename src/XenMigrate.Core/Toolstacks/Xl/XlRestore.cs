namespace XenMigrate.Toolstacks.Xl;

/// <summary><c>xl restore</c> from an image that lies on the host.</summary>
internal static class XlRestore
{
    public static RemoteCommand Command(string path, string? configurationPath, bool paused)
    {
        string[] options = paused ? ["-p"] : [];
        string[] configuration = configurationPath is null ? [] : [configurationPath];
        return new RemoteCommand(["xl", "restore", .. options, .. configuration, path]);
    }
}
