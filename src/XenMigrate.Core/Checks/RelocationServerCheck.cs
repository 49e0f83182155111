namespace XenMigrate.Checks;

/// <summary>xend takes guests from other hosts only if its configuration says so; by default it does not.</summary>
internal sealed class RelocationServerCheck()
    : HostCheck("XM-REL-01", "The destination's xend takes guests", CheckCategory.Relocation, "RelocationDisabled")
{
    protected override ToolstackKind? OnlyWith => ToolstackKind.Xend;

    protected override Finding Examine(PairFacts pair)
    {
        Answer<XendConfiguration> answer = pair.Destination.XendConfiguration;
        if (answer.Value is not { } configuration)
        {
            return Unknown(answer);
        }

        return configuration.RelocationServer
            ? Passed($"{pair.Destination.Host} has (xend-relocation-server yes).", answer.Evidence)
            : new Finding(CheckStatus.Failed, $"{pair.Destination.Host} takes no guests: its xend-relocation-server is no.")
            {
                Expected = "(xend-relocation-server yes)",
                Actual = "no, or no such line",
                Remediation = $"On {pair.Destination.Host}, write (xend-relocation-server yes) into {XendConfiguration.Path}, "
                    + "see who xend-relocation-hosts-allow lets in, then: service xend restart",
                Evidence = answer.Evidence,
            };
    }
}
