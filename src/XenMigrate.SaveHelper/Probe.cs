namespace XenMigrate.SaveHelper;

/// <summary>Whether this host can use this program, as a line of JSON.</summary>
internal static class Probe
{
    public static string Answer()
    {
        XenVersion? xen = Surroundings.Xen;
        string? stock = Surroundings.StockHelper(xen);
        bool usable = XenLibraries.TryLoad(xen, out string why) is not null;
        if (usable && stock is null)
        {
            (usable, why) = (false, "libxl's own helper is nowhere to be found");
        }

        using Zstd? zstd = Zstd.TryLoad();
        return $"{{\"version\":{PreCopyWords.Quote(Program.Version)},\"xen\":{Text(xen?.ToString())},\"usable\":{Flag(usable)},"
            + $"\"why\":{PreCopyWords.Quote(why)},\"stock\":{Text(stock)},\"zstd\":{Flag(zstd is not null)}}}";
    }

    private static string Flag(bool flag) => flag ? "true" : "false";

    private static string Text(string? text) => text is null ? "null" : PreCopyWords.Quote(text);
}
