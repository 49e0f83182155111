namespace XenMigrate.Remote;

/// <summary>
/// Linux's random id of this boot: two names that give the same id are one machine, which no name or address proves.
/// </summary>
internal static class BootId
{
    public static RemoteCommand Command { get; } = new("cat", "/proc/sys/kernel/random/boot_id");

    public static Question<string> Question { get; } = new(Command, result => Parse(result.Output));

    /// <exception cref="OutputNotUnderstoodException">It is no boot id.</exception>
    public static string Parse(string output) => Guid.TryParse(output.Trim(), out Guid id)
        ? id.ToString()
        : throw new OutputNotUnderstoodException(Command, "no boot id", output);
}
