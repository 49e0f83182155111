namespace XenMigrate.Checks;

/// <summary>xend drops the connection of a host that it does not know without a word, after the move has begun.</summary>
internal sealed class RelocationAllowedCheck()
    : HostCheck("XM-REL-04", "The destination's hosts-allow admits the source", CheckCategory.Relocation, "RelocationDenied")
{
    protected override ToolstackKind? OnlyWith => ToolstackKind.Xend;

    protected override Finding Examine(PairFacts pair)
    {
        string host = pair.Destination.Host;
        Answer<XendConfiguration> answer = pair.Destination.XendConfiguration;
        if (answer.Value is not { } configuration)
        {
            return Unknown(answer);
        }

        HostsAllow allow = configuration.HostsAllow;
        if (allow.AdmitsEverybody)
        {
            return Passed($"{host} admits every host: its xend-relocation-hosts-allow is empty.", answer.Evidence);
        }

        // By its name alone nobody can tell: it may come as an address, and may be admitted or not as that.
        if (pair.Source.Addresses.Value is null)
        {
            return Unknown(pair.Source.Addresses);
        }

        string[] addresses = [.. PeerNames.Addresses(pair.Source)];
        string[] candidates = [.. PeerNames.Names(pair.Source), .. addresses];
        if (candidates.Length == 0)
        {
            return Unknown(
                $"{pair.Source.Host} tells no name and no address that {host} could know it by.",
                $"See, on {pair.Source.Host}: ip -o address show",
                pair.Source.Addresses.Evidence);
        }

        string[] admitted = [.. candidates.Where(name => allow.Admits(name, name))];
        string[] refused = [.. candidates.Except(admitted)];
        // The address counts whatever the name is.
        return refused.Length == 0 || (addresses.Length > 0 && !addresses.Intersect(refused).Any())
            ? Passed($"{host} admits {pair.Source.Host} ({string.Join(", ", admitted)}).", answer.Evidence)
            : admitted.Length == 0
                ? Refused(pair, allow, refused)
                : Warned(pair, allow, admitted, refused);
    }

    private static Finding Refused(PairFacts pair, HostsAllow allow, string[] refused) => new(
        CheckStatus.Failed,
        allow.IsBroken
            ? $"{pair.Destination.Host} admits nobody: {allow.Patterns.First(pattern => pattern.Problem is not null)} in its xend-relocation-hosts-allow is no regular expression."
            : $"{pair.Destination.Host} does not admit {pair.Source.Host} ({string.Join(", ", refused)}): its xend-relocation-hosts-allow is '{allow}'.")
    {
        Expected = $"a pattern that matches one of {string.Join(", ", refused)}",
        Actual = allow.Value,
        Remediation = Remedy(pair, refused),
        Evidence = pair.Destination.Relocation!.Configuration.Evidence,
    };

    private static Finding Warned(PairFacts pair, HostsAllow allow, string[] admitted, string[] refused) => new(
        CheckStatus.Warning,
        $"{pair.Destination.Host} admits {pair.Source.Host} as {string.Join(", ", admitted)}, and not as {string.Join(", ", refused)}: "
            + "which of them it sees depends on reverse DNS and on the network taken.")
    {
        Expected = $"patterns that match {string.Join(", ", refused)} too",
        Actual = allow.Value,
        Remediation = $"If the move is refused: {Remedy(pair, refused)}",
        Evidence = pair.Destination.Relocation!.Configuration.Evidence,
    };

    private static string Remedy(PairFacts pair, string[] refused)
    {
        string pattern = PeerNames.Pattern(refused[refused.Length - 1]);
        return $"On {pair.Destination.Host}, add {pattern} to xend-relocation-hosts-allow in {XendConfiguration.Path}, "
            + "with one space before it, then: service xend restart";
    }
}
