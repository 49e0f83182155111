namespace XenMigrate.Facts;

/// <summary>Whether libxl takes memory from the control domain when a guest comes.</summary>
/// <param name="Word">What the toolstack's configuration says: on, off, or auto.</param>
internal sealed record AutoBallooning(string Word)
{
    /// <summary>libxl leaves the control domain as much, MiB.</summary>
    public const long LeastMB = 128;

    private static readonly Regex s_setting = new(@"^[ \t]*autoballoon[ \t]*=[ \t]*[""']?(?<word>\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant);

    // As libxl looks for it in the hypervisor's command line.
    private static readonly Regex s_fixed = new(@"(?:^| )dom0_mem=(?:(?:min:|max:)?(?:(?:-?[0-9]+[bkmgt]?\+)?[0-9]{1,2}%|-?[0-9]+[bkmgt]?),?)+(?:$| )", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static Question<AutoBallooning> Question(ToolstackKind toolstack) => new(
        new RemoteCommand("cat", toolstack == ToolstackKind.Libvirt ? "/etc/libvirt/libxl.conf" : "/etc/xen/xl.conf"),
        // Without the file everything is as it comes.
        result => Parse(result.Succeeded ? result.Output : ""));

    public static AutoBallooning Parse(string configuration) => new(
        s_setting.Matches(configuration).Cast<Match>().LastOrDefault()?.Groups["word"].Value.ToLowerInvariant() switch
        {
            "on" or "1" => "on",
            "off" or "0" => "off",
            _ => "auto",
        });

    /// <summary>Whether it does; by itself it does unless the control domain's memory is fixed.</summary>
    public bool IsOn(XenInformation xen) => Word switch
    {
        "on" => true,
        "off" => false,
        _ => xen.CommandLine is { } line && !s_fixed.IsMatch(line),
    };
}
