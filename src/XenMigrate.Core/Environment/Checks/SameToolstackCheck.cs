using XenMigrate.Environment.Facts;

namespace XenMigrate.Environment.Checks;

internal sealed class SameToolstackCheck : HostCheck
{
    public override string Id => "XM-VER-01";

    public override string Name => "Both hosts have the same toolstack";

    public override CheckCategory Category => CheckCategory.Version;

    public override string ErrorId => "NotSupportedByToolstack";

    protected override Finding Examine(PairFacts pair)
    {
        if (pair.Source.Toolstack is not { } source || pair.Destination.Toolstack is not { } destination)
        {
            HostFacts silent = pair.Source.Toolstack is null ? pair.Source : pair.Destination;
            return Unknown(silent.BootId);
        }

        return source == destination
            ? Passed($"Both hosts have {source}.")
            : new Finding(CheckStatus.Failed, $"{pair.Source.Host} has {source}, {pair.Destination.Host} has {destination}.")
            {
                Expected = source.ToString(),
                Actual = destination.ToString(),
                Remediation = "A guest moves between hosts of one toolstack only: choose another destination.",
            };
    }
}
