namespace XenMigrate.Toolstacks.Xl;

/// <summary>
/// Lets a suspended guest go on: by <c>xl resume</c>, which Xen 4.20 is the first to have, or by a save that fails. After
/// one, xl resumes the guest that it takes for suspended by it; and it fails before it asks anything of the guest, since
/// what libxl starts to copy the memory is no such program.
/// </summary>
internal sealed record XlResume(bool HasCommand)
{
    private const string Resume = "resume";

    // What copies guests out of this Xen; libxl takes another one's path from its environment since Xen 4.2.
    private const string NoSaveHelper = "LIBXL_SAVE_HELPER=/bin/false";

    private static readonly RemoteCommand s_help = new("xl", "help");

    /// <summary>How this xl does it.</summary>
    public static Question<XlResume> Question { get; } = new(s_help, result => Parse(result.Output));

    /// <summary>The command; only the state that the guest is in afterwards tells whether it worked.</summary>
    public RemoteCommand Command(int id) => HasCommand
        ? new RemoteCommand("xl", Resume, XlDomain.Text(id))
        // Should it ever not fail, then -c wakes the guest just as well.
        : new RemoteCommand("env", NoSaveHelper, "xl", "save", "-c", XlDomain.Text(id), "/dev/null");

    /// <exception cref="OutputNotUnderstoodException">It is no list of xl's commands.</exception>
    internal static XlResume Parse(string output)
    {
        string[] commands = [.. output.Split('\n').Select(line => line.TrimStart().Split(' ')[0])];
        return commands.Contains("save", StringComparer.Ordinal)
            ? new XlResume(commands.Contains(Resume, StringComparer.Ordinal))
            : throw new OutputNotUnderstoodException(s_help, "no list of commands", output);
    }
}
