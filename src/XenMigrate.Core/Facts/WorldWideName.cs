namespace XenMigrate.Facts;

/// <summary>The names that makers of disks give out once in the world, apart from all the others that only look like them.</summary>
internal static class WorldWideName
{
    // sysfs writes naa. and eui., lsblk 0x, scsi_id and multipath the number of the kind before the digits: 3 and 2.
    // An old lsblk leaves out the second half of a long name, which all disks of one array begin with.
    private static readonly Regex s_naa = new(
        @"^(?:(?:naa\.|mpath-3|3)(?<digits>[256][0-9a-f]{14,31})|0x(?<digits>[25][0-9a-f]{15}|6[0-9a-f]{31}))$", RegexOptions.CultureInvariant);

    private static readonly Regex s_eui = new(@"^(?:eui\.|mpath-2|2)(?<digits>[0-9a-f]{16}|[0-9a-f]{32})$", RegexOptions.CultureInvariant);

    private const int MakersDigits = 6;

    /// <summary>The digits of the name; null if it is none, or one that is known to be given to many.</summary>
    public static string? Of(string text)
    {
        string name = text.Trim().ToLowerInvariant();
        return s_naa.Match(name) is { Success: true } naa ? Unique(naa.Groups["digits"].Value, makerAt: 1)
            : s_eui.Match(name) is { Success: true } eui ? Unique(eui.Groups["digits"].Value, makerAt: eui.Groups["digits"].Length == 32 ? 16 : 0)
            : null;
    }

    /// <summary>No maker, or a number that is nothing but a filler, is a name that was never given.</summary>
    private static string? Unique(string digits, int makerAt)
    {
        string maker = digits.Substring(makerAt, MakersDigits);
        string number = digits.Substring(0, makerAt == 16 ? 16 : 0) + digits.Substring(makerAt + MakersDigits);
        return maker.Trim('0').Length == 0 || number.Trim('0', 'f').Length < 3 || number.Distinct().Count() < 2
            || digits.Contains("0123456789abcdef")
            ? null
            : digits;
    }
}
