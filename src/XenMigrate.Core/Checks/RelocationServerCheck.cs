namespace XenMigrate.Checks;

/// <summary>xend takes guests from other hosts only if its configuration says so; by default it does not.</summary>
internal sealed class RelocationServerCheck()
    : HostCheck("XM-REL-01", "The destination's xend takes guests", CheckCategory.Relocation, "RelocationDisabled")
{
    protected override ToolstackKind? OnlyWith => ToolstackKind.Xend;

    protected override Finding Examine(PairFacts pair)
    {
        if (pair.Destination.Relocation is not { } relocation)
        {
            return Unknown(Answer<XendConfiguration>.None(pair.Destination.Host, pair.Destination.SessionProblem ?? "it has no xend"));
        }

        if (relocation.Configuration.Value is not { } configuration)
        {
            return Unknown(relocation.Configuration);
        }

        return configuration.RelocationServer
            ? Passed($"{pair.Destination.Host} has (xend-relocation-server yes).", relocation.Configuration.Evidence)
            : new Finding(CheckStatus.Failed, $"{pair.Destination.Host} takes no guests: its xend-relocation-server is no.")
            {
                Expected = "(xend-relocation-server yes)",
                Actual = "no, or no such line",
                Remediation = $"On {pair.Destination.Host}, write (xend-relocation-server yes) into {XendConfiguration.Path}, "
                    + "see who xend-relocation-hosts-allow lets in, then: service xend restart",
                Evidence = relocation.Configuration.Evidence,
            };
    }
}
