namespace XenMigrate.Checks;

/// <summary>Xen reads the streams of older versions; the other way round nobody promises anything.</summary>
internal sealed class XenVersionCheck()
    : HostCheck("XM-VER-02", "The destination's Xen is not older", CheckCategory.Version, "NotSupportedByToolstack")
{
    protected override Finding Examine(PairFacts pair)
    {
        if (pair.Source.Xen.Value is not { } source)
        {
            return Unknown(pair.Source.Xen);
        }

        if (pair.Destination.Xen.Value is not { } destination)
        {
            return Unknown(pair.Destination.Xen);
        }

        return destination.Version >= source.Version
            ? Passed($"{pair.Source.Host} has Xen {source.VersionText}, {pair.Destination.Host} {destination.VersionText}.")
            : Older(pair, source, destination);
    }

    private static Finding Older(PairFacts pair, XenInformation source, XenInformation destination) =>
        new(
            CheckStatus.Failed,
            $"{pair.Destination.Host} has Xen {destination.VersionText}, which is older than {pair.Source.Host}'s {source.VersionText}.")
        {
            Expected = $"{source.Version} or newer",
            Actual = destination.Version.ToString(),
            Remediation = $"Bring {pair.Destination.Host} to Xen {source.Version}, or choose another destination.",
            Evidence = pair.Destination.Xen.Evidence,
        };
}
