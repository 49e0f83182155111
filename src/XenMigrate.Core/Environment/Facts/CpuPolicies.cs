using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using XenMigrate.Hosts;

namespace XenMigrate.Environment.Facts;

/// <summary>The CPU policies that xen-cpuid -p prints, by name: Host, PV Max, HVM Max …, or that of one domain.</summary>
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

    private static readonly RemoteCommand s_command = RemoteCommand.Script(Script, "-p");

    /// <summary>What the host can give to guests.</summary>
    public static Question<CpuPolicies> Question(string host) => Ask(host, s_command);

    /// <summary>What one guest was given, as the only policy.</summary>
    public static Question<CpuPolicies> QuestionOf(string host, int id) =>
        Ask(host, RemoteCommand.Script(Script, "-p", id.ToString(CultureInfo.InvariantCulture)));

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
                    current[$"{leaf.Groups["leaf"].Value}:{leaf.Groups["subleaf"].Value}:{register}"] =
                        uint.Parse(leaf.Groups[register].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                }
            }
        }

        return policies.Values.Any(policy => policy.Count > 0)
            ? new CpuPolicies(policies.ToDictionary(policy => policy.Key, policy => CpuFeatures.OfLeaves(policy.Value)))
            : throw new OutputNotUnderstoodException(s_command, "it has no policy", output);
    }

    private static Question<CpuPolicies> Ask(string host, RemoteCommand command) => new(
        command,
        result => result.Succeeded ? Parse(result.Output) : throw new RemoteCommandFailedException(host, command, result));
}
