namespace XenMigrate.Toolstacks.Xl;

/// <summary>What <c>xl info</c> says of a host.</summary>
internal static class XlInfo
{
    public static RemoteCommand Command { get; } = new("xl", "info");

    public static Question<XenInformation> Question(string host) => new(
        Command,
        result => result.Succeeded ? Parse(result.Output) : throw ToolFailure.Of("xl", host, Command, result));

    /// <exception cref="OutputNotUnderstoodException">A field that is needed is missing or no number.</exception>
    public static XenInformation Parse(string output)
    {
        KeyValueLines lines = new(Command, output);
        return new XenInformation(
            lines.XenVersion(),
            lines.Text("xen_version"),
            lines.Number("total_memory"),
            lines.Number("free_memory"),
            lines.Find("xen_scheduler"),
            lines.Words("virt_caps"))
        {
            HardwareCapabilities = lines.Find("hw_caps"),
            CommandLine = lines.Find("xen_commandline"),
            ProcessorMHz = lines.Fraction("cpu_mhz"),
        };
    }
}
