namespace XenMigrate.Facts;

/// <summary>
/// The CPU policies that xen-cpuid -p prints, by name: Host, PV Max, HVM Max …, or that of one domain. Where Xen is older
/// than 4.12, the featuresets that xen-cpuid prints: Host, PV, HVM.
/// </summary>
internal sealed record CpuPolicies(IReadOnlyDictionary<string, CpuFeatures> ByName)
{
    // Distributions keep it apart from the tools for users, and some keep one for each version of Xen.
    private const string Script =
        """
        for tool in xen-cpuid /usr/sbin/xen-cpuid /usr/libexec/xen/bin/xen-cpuid /usr/lib/xen/bin/xen-cpuid /usr/lib/xen-*/bin/xen-cpuid /usr/lib64/xen/bin/xen-cpuid; do command -v "$tool" >/dev/null 2>&1 && "$tool" "$@" && exit; done; exit 127
        """;

    private static readonly LinePattern s_head = new(@"^(?<name>\S.*?) policy: \d+ leaves, \d+ MSRs\s*$");

    private static readonly LinePattern s_leaf = new(
        @"^\s+(?<leaf>[0-9a-f]{8}):(?<subleaf>[0-9a-f]{8}) -> (?<a>[0-9a-f]{8}):(?<b>[0-9a-f]{8}):(?<c>[0-9a-f]{8}):(?<d>[0-9a-f]{8})\s*$");

    private static readonly LinePattern s_register = new(@"^\s+(?<index>[0-9a-f]{8}) +-> (?<high>[0-9a-f]{8})(?<low>[0-9a-f]{8})\s*$");

    private static readonly LinePattern s_featureset = new(
        @"^(?<name>Raw|Host|(?:PV|HVM)(?: Default| Max)?) +(?<words>[0-9a-f]{8}(?::[0-9a-f]{8})*)\s*$");

    private static readonly RemoteCommand s_command = RemoteCommand.Script(Script, "-p");

    private static readonly RemoteCommand s_featuresets = RemoteCommand.Script(Script);

    /// <summary>What the host can give to guests.</summary>
    public static Question<CpuPolicies> Question(string host) => new(
        [s_command, s_featuresets],
        // Before Xen 4.12 it takes no -p, says how it is to be used, and that it went well.
        results => results[0].Succeeded && results[0].Output.Contains(" policy: ") ? Parse(results[0].Output)
            : results[1].Succeeded ? ParseFeaturesets(results[1].Output)
            : throw new RemoteCommandFailedException(host, s_command, results[0]));

    /// <summary>What one guest was given, as the only policy.</summary>
    public static Question<CpuPolicies> QuestionOf(string host, int id)
    {
        RemoteCommand command = RemoteCommand.Script(Script, "-p", id.ToString(CultureInfo.InvariantCulture));
        return new(
            command,
            result => result.Succeeded ? Parse(result.Output) : throw new RemoteCommandFailedException(host, command, result));
    }

    /// <summary>What can be given to guests of a kind, or null.</summary>
    public CpuFeatures? Most(string kind) => ByName.TryGetValue(kind + " Max", out CpuFeatures? most)
        // Before Xen 4.14 there was one for each kind of guest.
        || ByName.TryGetValue(kind, out most) ? most : null;

    /// <exception cref="OutputNotUnderstoodException">It has no policy.</exception>
    public static CpuPolicies Parse(string output)
    {
        Dictionary<string, Dictionary<string, uint>> policies = [];
        Dictionary<string, uint>? current = null;
        foreach (string line in output.Split('\n'))
        {
            if (s_head.Match(line) is { Success: true } head)
            {
                policies[head.Groups["name"].Value] = current = [];
            }
            else if (current is not null && s_leaf.Match(line) is { Success: true } leaf)
            {
                foreach (string register in (string[])["a", "b", "c", "d"])
                {
                    current[$"{leaf.Groups["leaf"].Value}:{leaf.Groups["subleaf"].Value}:{register}"] = Bits(leaf.Groups[register].Value);
                }
            }
            else if (current is not null && s_register.Match(line) is { Success: true } special)
            {
                current[special.Groups["index"].Value + ":low"] = Bits(special.Groups["low"].Value);
                current[special.Groups["index"].Value + ":high"] = Bits(special.Groups["high"].Value);
            }
        }

        return policies.Values.Any(policy => policy.Count > 0)
            ? new CpuPolicies(policies.ToDictionary(policy => policy.Key, policy => CpuFeatures.OfRegisters(policy.Value)))
            : throw new OutputNotUnderstoodException(s_command, "it has no policy", output);
    }

    /// <summary>Reads the sets under "Dynamic sets:"; those above them are of any host.</summary>
    /// <exception cref="OutputNotUnderstoodException">There is none.</exception>
    public static CpuPolicies ParseFeaturesets(string output)
    {
        Dictionary<string, CpuFeatures> sets = [];
        foreach (string line in output.Split('\n').SkipWhile(line => !line.StartsWith("Dynamic sets:", StringComparison.Ordinal)))
        {
            if (s_featureset.Match(line) is { Success: true } set && CpuFeatures.OfFeatureset(set.Groups["words"].Value) is { } features)
            {
                sets[set.Groups["name"].Value] = features;
            }
        }

        return sets.Count > 0
            ? new CpuPolicies(sets)
            : throw new OutputNotUnderstoodException(s_featuresets, "it has no featureset", output);
    }

    private static uint Bits(string digits) => uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
