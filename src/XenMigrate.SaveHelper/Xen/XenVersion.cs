namespace XenMigrate.SaveHelper.Xen;

/// <summary>A version of the hypervisor and its libraries.</summary>
internal sealed record XenVersion(int Major, int Minor)
{
    /// <summary>Whether libxenguest has the interface that this program speaks: read in the sources from 4.14 to 4.22.</summary>
    public bool IsKnown => Major == 4 && Minor is >= 14 and <= 22;

    /// <summary>Whether the figures of a round are passed in two registers; they outgrew those in 4.15.</summary>
    public bool PassesStatisticsInRegisters => Minor < 15;

    /// <summary>The version in "4.17", or null.</summary>
    public static XenVersion? Parse(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length >= 2 && Number(parts[0]) is { } major && Number(parts[1]) is { } minor ? new XenVersion(major, minor) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
