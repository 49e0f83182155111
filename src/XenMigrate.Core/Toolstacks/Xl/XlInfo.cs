using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using XenMigrate.Hosts;

namespace XenMigrate.Toolstacks.Xl;

/// <summary>What <c>xl info</c> says of a host.</summary>
internal static class XlInfo
{
    public static RemoteCommand Command { get; } = new("xl", "info");

    public static Question<XenInformation> Question(string host) => new(
        Command,
        result => result.Succeeded ? Parse(result.Output) : throw XlFailure.Of(host, Command, result));

    /// <exception cref="OutputNotUnderstoodException">A field that is needed is missing or no number.</exception>
    public static XenInformation Parse(string output)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (string[] parts in output.Split('\n').Select(line => line.Split([':'], 2)))
        {
            // Values hold colons too (hw_caps, platform_params), and the first of a key counts.
            if (parts.Length == 2 && !fields.ContainsKey(parts[0].Trim()))
            {
                fields.Add(parts[0].Trim(), parts[1].Trim());
            }
        }

        return new XenInformation(
            new Version(Small("xen_major"), Small("xen_minor")),
            Text("xen_version"),
            Number("total_memory"),
            Number("free_memory"),
            fields.TryGetValue("xen_scheduler", out string? scheduler) ? scheduler : null,
            fields.TryGetValue("virt_caps", out string? caps)
                ? caps.Split([' '], StringSplitOptions.RemoveEmptyEntries)
                : []);

        string Text(string key) => fields.TryGetValue(key, out string? value) && value.Length > 0
            ? value
            : throw new OutputNotUnderstoodException(Command, $"it has no {key}", output);

        int Small(string key) => Number(key) is var number and <= int.MaxValue
            ? (int)number
            : throw new OutputNotUnderstoodException(Command, $"{key} is no version: {Text(key)}", output);

        long Number(string key) =>
            long.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? number
                : throw new OutputNotUnderstoodException(Command, $"{key} is no number: {Text(key)}", output);
    }
}
