using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using XenMigrate.Hosts;

namespace XenMigrate.Environment.Facts;

/// <summary>What lies at the path of a guest's disk on one host.</summary>
internal sealed record DiskFile
{
    public required string Path { get; init; }

    public bool Exists { get; init; }

    public bool IsBlockDevice { get; init; }

    /// <summary>major:minor of the file system that holds it.</summary>
    public string Device { get; init; } = "";

    public ulong Inode { get; init; }

    /// <summary>Bytes; 0 for a block device, whose size stat does not tell.</summary>
    public long SizeBytes { get; init; }

    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>World-wide name, serial number, file system or LVM uuid: what a block device is known by everywhere.</summary>
    public IReadOnlyList<string> Identities { get; init; } = [];

    public static Question<DiskFile> Question(string host, string path) => new(
        [
            Stat(path),
            // Each says nothing, or fails, for what is no block device or no device-mapper one.
            new RemoteCommand("lsblk", "-d", "-n", "-P", "-o", "WWN,SERIAL,UUID", "--", path),
            new RemoteCommand("dmsetup", "info", "-c", "--noheadings", "-o", "uuid", path),
        ],
        results => Read(host, path, results));

    /// <summary>The same for a path that can be no block device.</summary>
    public static Question<DiskFile> FileQuestion(string host, string path) =>
        new([Stat(path)], results => Read(host, path, results));

    private static RemoteCommand Stat(string path) => new("stat", "-L", "-c", "%d %i %s %Y %F", "--", path);

    private static DiskFile Read(string host, string path, IReadOnlyList<CommandResult> results)
    {
        CommandResult stat = results[0];
        if (!stat.Succeeded)
        {
            return stat.Error.Contains("No such file or directory") || stat.Error.Contains("Not a directory")
                ? new DiskFile { Path = path }
                : throw new RemoteCommandFailedException(host, Stat(path), stat);
        }

        return ParseStat(path, stat.Output, results.Skip(1).Where(result => result.Succeeded).Select(result => result.Output))
            ?? throw new OutputNotUnderstoodException(Stat(path), "no stat as asked for", stat.Output);
    }

    private static DiskFile? ParseStat(string path, string output, IEnumerable<string> identities)
    {
        string[] words = output.Trim().Split([' '], 5);
        return words.Length == 5
            && ulong.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong device)
            && ulong.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode)
            && long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            && long.TryParse(words[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long modified)
            && modified is > -62_135_596_800 and < 253_402_300_799
                ? new DiskFile
                {
                    Path = path,
                    Exists = true,
                    IsBlockDevice = words[4] == "block special file",
                    Device = FormattableString.Invariant(
                        $"{(device >> 8) & 0xfff}:{(device & 0xff) | ((device >> 12) & 0xfffff00)}"),
                    Inode = inode,
                    SizeBytes = size,
                    ModifiedAt = DateTimeOffset.FromUnixTimeSeconds(modified),
                    Identities = [.. identities.SelectMany(BlockIdentities.Parse)],
                }
                : null;
    }
}

/// <summary>What lsblk and dmsetup call a block device.</summary>
internal static class BlockIdentities
{
    private static readonly Regex s_pairs = new(@"^((WWN|SERIAL|UUID)=""[^""\n]*""[ ]*)+$", RegexOptions.CultureInvariant);

    private static readonly Regex s_pair = new(@"[A-Z]+=""[^""]+""", RegexOptions.CultureInvariant);

    // "LVM-…", "mpath-3600…", "CRYPT-LUKS1-…": device-mapper wants the program's name before a dash.
    private static readonly Regex s_mapped = new(@"^[A-Za-z0-9_]+-[^\s\0]{1,128}$", RegexOptions.CultureInvariant);

    /// <summary>Reads lsblk's KEY="value" pairs, or the bare uuid that dmsetup prints. Two hosts may say the same of anything else.</summary>
    public static IEnumerable<string> Parse(string output)
    {
        string text = output.Trim();
        if (text.Length > OutputLines.Longest)
        {
            return [];
        }

        return s_pairs.IsMatch(text) ? s_pair.Matches(text).Cast<Match>().Select(match => match.Value.Replace("\"", ""))
            : s_mapped.IsMatch(text) ? ["DM=" + text]
            : [];
    }
}
