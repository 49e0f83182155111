namespace XenMigrate.Checks;

/// <summary>xend asks nobody who he is: whoever may connect can start guests.</summary>
internal sealed class RelocationClosedCheck()
    : HostCheck("XM-REL-05", "The destination's hosts-allow is not open to everybody", CheckCategory.Relocation, "ConfigurationInvalid")
{
    public override CheckSeverity Severity => CheckSeverity.Warning;

    protected override ToolstackKind? OnlyWith => ToolstackKind.Xend;

    protected override Finding Examine(PairFacts pair)
    {
        HostFacts host = pair.Destination;
        if (host.XendConfiguration is not { Value: { } configuration } answer)
        {
            return Unknown(host.XendConfiguration);
        }

        if (!configuration.RelocationServer && !configuration.RelocationSslServer)
        {
            return Skipped($"{host.Host} takes no guests: see XM-REL-01.");
        }

        return HostsAllowLint.IsOpen(configuration.HostsAllow) is not { } hole
            ? Passed($"{host.Host} takes guests from the hosts in its xend-relocation-hosts-allow only.", answer.Evidence)
            : new Finding(CheckStatus.Warning, $"{host.Host} takes guests from every host that reaches its port. xend-relocation-hosts-allow: {hole.Text}")
            {
                Expected = "patterns that match the hosts which may send guests",
                Actual = $"'{configuration.HostsAllow}'",
                Remediation = $"On {host.Host}, write a pattern for each of them{Example(pair.Source)} to xend-relocation-hosts-allow in "
                    + $"{XendConfiguration.Path}, then: service xend restart",
                Evidence = answer.Evidence,
            };
    }

    /// <summary>What lets the source in; of the source alone it is known how it is called.</summary>
    private static string Example(HostFacts source) =>
        PeerNames.Names(source).Concat(PeerNames.Addresses(source)).LastOrDefault() is { } name
            ? $", such as '{PeerNames.Pattern(name)}' for {source.Host},"
            : "";
}
