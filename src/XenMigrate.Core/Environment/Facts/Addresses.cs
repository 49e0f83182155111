using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using XenMigrate.Hosts;

namespace XenMigrate.Environment.Facts;

/// <summary>The IP addresses of a host.</summary>
internal static class Addresses
{
    private static readonly Regex s_address = new(@"\sinet6?\s+(?<address>[0-9a-fA-F.:]+)", RegexOptions.CultureInvariant);

    public static RemoteCommand Command { get; } = new("ip", "-o", "address", "show");

    public static Question<IReadOnlyList<string>> Question(string host) => new(
        Command,
        result => result.Succeeded
            ? Parse(result.Output)
            : throw new RemoteCommandFailedException(host, Command, result));

    public static IReadOnlyList<string> Parse(string output) =>
    [
        .. output.Split(['\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(line => s_address.Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["address"].Value),
    ];
}
