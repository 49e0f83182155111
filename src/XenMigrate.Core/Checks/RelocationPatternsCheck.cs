namespace XenMigrate.Checks;

/// <summary>Patterns of hosts-allow that do not mean what they seem to.</summary>
internal sealed class RelocationPatternsCheck()
    : HostCheck("XM-REL-06", "The patterns of the destination's hosts-allow mean what they say", CheckCategory.Relocation, "ConfigurationInvalid")
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

        HostsAllow allow = configuration.HostsAllow;
        if (allow.AdmitsEverybody)
        {
            return Skipped($"{host.Host} has no pattern in its xend-relocation-hosts-allow: see XM-REL-05.");
        }

        HostsAllowFinding[] findings = [.. HostsAllowLint.Examine(allow)];
        // A name is no mistake: xend admits by what reverse DNS says, and then it has to be there.
        HostsAllowFinding[] mistakes = [.. findings.Where(finding => finding.Kind != HostsAllowProblem.TrustsReverseDns)];
        return mistakes.Length == 0
            ? Passed(
                findings.Length == 0
                    ? $"{host.Host} has '{allow}'."
                    : $"{host.Host} has '{allow}', and trusts reverse DNS for names.",
                answer.Evidence)
            : new Finding(
                CheckStatus.Warning,
                $"xend-relocation-hosts-allow of {host.Host} is '{allow}'. {string.Join(" ", mistakes.Select(finding => finding.Text))}")
            {
                Expected = "patterns that begin with ^ and end with $, dots written \\\\., with single spaces between them",
                Actual = $"'{allow}'",
                Remediation = $"On {host.Host}, mend xend-relocation-hosts-allow in {XendConfiguration.Path}, then: service xend restart. "
                    + $"Get-RelocationConfiguration {host.Host} shows what is left.",
                Evidence = answer.Evidence,
            };
    }
}
