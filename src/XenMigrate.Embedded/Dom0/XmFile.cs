using System.Text.RegularExpressions;

namespace XenMigrate.Embedded.Dom0;

/// <summary>Reads what xm files are made of: assignments of strings, numbers and lists of strings, in Python's syntax.</summary>
internal static partial class XmFile
{
    /// <exception cref="XendException">xm create would not take it.</exception>
    public static DomainConfiguration Parse(string text)
    {
        Dictionary<string, string[]> values = [];
        int at = 0;
        while (Blank().Match(text, at) is var blank && blank.Index + blank.Length < text.Length)
        {
            Match match = Assignment().Match(text, blank.Index + blank.Length);
            if (!match.Success)
            {
                throw new XendException($"invalid syntax (line {text.Take(blank.Index + blank.Length).Count(c => c == '\n') + 1})");
            }

            values[match.Groups["name"].Value] = [.. match.Groups["item"].Captures.Select(item => item.Value)];
            at = match.Index + match.Length;
        }

        string name = One("name") ?? throw new XendException("Missing domain name");
        return new DomainConfiguration(name, Uuid(One("uuid")), Number("memory", 128))
        {
            VirtualCpus = Number("vcpus", 1),
            Interfaces = [.. Many("vif").Select((vif, i) => Interface(vif, name, i))],
            Disks = [.. Many("disk").Select(Disk)],
            HostDevices = Many("pci"),
            MayNotMove = One("nomigrate") is { } stays && stays != "0",
            Extra = One("extra") ?? "",
        };

        string? One(string key) => values.TryGetValue(key, out string[]? items) ? items.FirstOrDefault() : null;

        string[] Many(string key) => values.TryGetValue(key, out string[]? items) ? items : [];

        int Number(string key, int otherwise) => One(key) is not { } word ? otherwise
            : int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 1 << 20 ? number
            : throw new XendException($"Invalid value for {key}: {word}");
    }

    private static Guid Uuid(string? text) => text is null ? Guid.NewGuid()
        : Guid.TryParse(text, out Guid uuid) ? uuid
        : throw new XendException($"Invalid value for uuid: {text}");

    private static XmInterface Interface(string text, string name, int index)
    {
        Dictionary<string, string> parts = text.Split(',')
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0].Trim())
            .ToDictionary(pairs => pairs.Key, pairs => pairs.First()[1].Trim());
        // xend picks a random one from Xen's own range.
        int hash = name.Aggregate(index, (sum, c) => (sum * 31) + c);
        string mac = FormattableString.Invariant($"00:16:3e:{(hash >> 16) & 0x7f:x2}:{(hash >> 8) & 0xff:x2}:{hash & 0xff:x2}");
        return new XmInterface(parts.GetValueOrDefault("mac", mac), parts.GetValueOrDefault("bridge", "xenbr1"));
    }

    private static XmDisk Disk(string text) => text.Split(',') is [string name, string device, string mode]
        ? new XmDisk(name.Trim(), device.Trim(), mode.Trim())
        : throw new XendException($"Invalid disk specifier: {text}");

    [GeneratedRegex(@"\G(?:\s|\#[^\n]*)*")]
    private static partial Regex Blank();

    // name = 'x' | "x" | 12 | [ 'x', "y", ] ; a list may go over many lines.
    [GeneratedRegex(
        """\G(?<name>[A-Za-z_]\w*)[ \t]*=[ \t]*(?:(?:'(?<item>[^'\n]*)'|"(?<item>[^"\n]*)"|(?<item>\d+))|\[\s*(?:(?:'(?<item>[^'\n]*)'|"(?<item>[^"\n]*)")\s*,?\s*)*\])[ \t]*(?:\#[^\n]*)?(?:\r?\n|$)""")]
    private static partial Regex Assignment();
}
