namespace XenMigrate.Toolstacks.Xend;

/// <summary>What <c>xm info</c> says of a host.</summary>
internal static class XmInfo
{
    /// <summary>A line of its own in the output of hosts whose transfer is ours, with what it can do.</summary>
    private const string OurKey = "xenmigrate";

    public static RemoteCommand Command { get; } = new("xm", "info");

    public static Question<XenInformation> Question(string host) => new(
        Command,
        result => result.Succeeded ? Parse(result.Output) : throw ToolFailure.Of("xm", host, Command, result));

    /// <exception cref="OutputNotUnderstoodException">A field that is needed is missing or no number.</exception>
    public static XenInformation Parse(string output)
    {
        KeyValueLines lines = new(Command, output);
        return new XenInformation(
            lines.XenVersion(),
            $"{lines.XenVersion()}{lines.Find("xen_extra")}",
            lines.Number("total_memory"),
            lines.Number("free_memory"),
            lines.Find("xen_scheduler"),
            [.. lines.Words("xen_caps"), .. lines.Words(OurKey).Select(word => $"{OurKey}-{word}")])
        {
            HardwareCapabilities = lines.Find("hw_caps"),
            CommandLine = lines.Find("xen_commandline"),
            ProcessorMHz = lines.Fraction("cpu_mhz"),
        };
    }
}
