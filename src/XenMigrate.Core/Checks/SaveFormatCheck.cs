namespace XenMigrate.Checks;

/// <summary>The form in which a guest's memory travels changed with Xen 4.6 and with 4.14; newer ones read older ones.</summary>
internal sealed class SaveFormatCheck()
    : HostCheck("XM-VER-03", "The destination reads the source's migration stream", CheckCategory.Version, "NotSupportedByToolstack")
{
    private static readonly Version s_second = new(4, 6);
    private static readonly Version s_third = new(4, 14);

    protected override Finding Examine(PairFacts pair)
    {
        if (pair.Source.Xen.Value is not { } source || pair.Destination.Xen.Value is not { } destination)
        {
            return Unknown(pair.Source.Xen.Value is null ? pair.Source.Xen : pair.Destination.Xen);
        }

        if (pair.Source.Toolstack != pair.Destination.Toolstack)
        {
            return Skipped("Hosts of two toolstacks have no stream in common: see XM-VER-01.");
        }

        int written = FormatOf(source.Version);
        int read = FormatOf(destination.Version);
        if (written > read)
        {
            return new Finding(
                CheckStatus.Failed,
                $"{pair.Source.Host} (Xen {source.VersionText}) writes {FormName(written)}, and {pair.Destination.Host} (Xen {destination.VersionText}) reads {FormName(read)} at most.")
            {
                Expected = FormName(written),
                Actual = FormName(read),
                Remediation = $"Bring {pair.Destination.Host} to Xen {(written == 3 ? s_third : s_second)} or newer, or choose another destination.",
                Evidence = pair.Destination.Xen.Evidence,
            };
        }

        return written == 1 && read > 1
            ? Converted(pair, source)
            : Passed($"{pair.Source.Host} writes {FormName(written)}, which {pair.Destination.Host} reads.", pair.Destination.Xen.Evidence);
    }

    private static Finding Converted(PairFacts pair, XenInformation source) => new(
        CheckStatus.Warning,
        $"{pair.Source.Host} (Xen {source.VersionText}) writes {FormName(1)}, which {pair.Destination.Host} has to convert.")
    {
        Expected = FormName(2),
        Actual = FormName(1),
        Remediation = $"See on {pair.Destination.Host} that its Xen still has the converter: find /usr/lib* -name convert-legacy-stream",
        Evidence = pair.Source.Xen.Evidence,
    };

    private static int FormatOf(Version xen) => xen < s_second ? 1 : xen < s_third ? 2 : 3;

    private static string FormName(int format) => format switch
    {
        1 => "the stream of before Xen 4.6",
        2 => "the stream of Xen 4.6 (version 2)",
        _ => "the stream of Xen 4.14 (version 3)",
    };
}
