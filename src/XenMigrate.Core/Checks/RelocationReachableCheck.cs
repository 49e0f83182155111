namespace XenMigrate.Checks;

internal sealed class RelocationReachableCheck()
    : HostCheck("XM-REL-03", "The source reaches the destination's relocation port", CheckCategory.Relocation, "PortUnreachable")
{
    protected override ToolstackKind? OnlyWith => ToolstackKind.Xend;

    protected override Finding Examine(PairFacts pair)
    {
        if (pair.Probe is null || pair.Probe.Value is not { } probe)
        {
            return Unknown(pair.Probe ?? Answer<RelocationProbe>.None(pair.Source.Host, pair.Source.SessionProblem ?? "it has no xend"));
        }

        string source = pair.Source.Host;
        string address = pair.MigrationAddress;
        RelocationFacts? there = pair.Destination.Relocation;
        if (probe.Answered)
        {
            return Passed($"{source} reaches {address}, port {probe.Port}.", pair.Probe.Evidence);
        }

        if (there?.Configuration.Value is { RelocationServer: false })
        {
            return Skipped($"{pair.Destination.Host} takes no guests at all: see XM-REL-01.");
        }

        if (there?.Listeners.Value is not null && !there.At(probe.Port).Any())
        {
            return Skipped("Nothing listens there: see XM-REL-02.");
        }

        if (PortAnswers.Of(probe.Error) == PortAnswer.Filtered)
        {
            return Skipped("It is a packet filter, or the wrong address: see XM-FW-01.");
        }

        return probe.CouldNotTry
            ? Unknown(
                $"{source} has no nc that could try, so whether it reaches {address}, port {probe.Port}, is not known.",
                $"Install nc on {source}, or try there: telnet {address} {probe.Port}. If that connects: Move-Guest -SkipCheck {Id}",
                pair.Probe.Evidence)
            : new Finding(CheckStatus.Failed, $"{source} does not reach {address}, port {probe.Port}: {Said(probe)}")
            {
                Expected = $"a connection to {address}, port {probe.Port}",
                Actual = Said(probe),
                Remediation = $"On {pair.Destination.Host}, open the port to {source} (iptables -I INPUT -p tcp --dport {probe.Port} -s {source} -j ACCEPT); "
                    + $"see on {source} that {address} is the right name (getent hosts {address}), or give another as -MigrationAddress; "
                    + $"and see (xend-relocation-address …) in {XendConfiguration.Path}.",
                Evidence = pair.Probe.Evidence,
            };
    }

    private static string Said(RelocationProbe probe) =>
        probe.Error.Length > 0 ? probe.Error : $"nc ended with exit code {probe.ExitCode} within 5 s";
}
