namespace XenMigrate.Toolstacks.Xend;

/// <summary>
/// <c>xm save</c>. xend itself writes the image: a new file by its own umask, readable by all, a file that is there with
/// the mode it has. So a private one is made first.
/// </summary>
internal static class XmSave
{
    // "Error: Save file:/x.save exist!"
    private static readonly OrderedText s_refusal = new("Save file:* exist", StringComparison.Ordinal);

    public static RemoteCommand Command(int id, string path, bool keepRunning, bool force = false)
    {
        string[] keep = keepRunning ? ["-c"] : [];
        string[] overwrite = force ? ["-f"] : [];
        return new RemoteCommand(["xm", "save", .. keep, .. overwrite, XmDomain.Text(id), path]);
    }

    /// <summary>
    /// Whether xend refused because of the file, before it touched the guest: the last versions, which know -f, write
    /// into no file that is there.
    /// </summary>
    public static bool WantsForce(CommandResult result) =>
        !result.Succeeded && s_refusal.IsIn(result.Error + result.Output);

    public static RemoteCommand Make(string path) => new("touch", "--", path);

    public static RemoteCommand MakePrivate(string path) => new("chmod", "600", "--", path);
}
