namespace XenMigrate.SaveHelper;

/// <summary>
/// What this program finds round it. Each can be set by an environment variable: that takes the same rights as naming
/// this program as libxl's helper does.
/// </summary>
internal static class Surroundings
{
    /// <summary>"framed": both ends of the stream are this program.</summary>
    public const string StreamVariable = "XENMIGRATE_STREAM";

    private static readonly string[] s_libraryFolders = ["lib", "libexec", "lib64"];

    /// <summary>What lasts as long as the host is up: who reports, who listens. Only root reads it.</summary>
    public static string RunFolder => Variable("XENMIGRATE_RUN") ?? "/run/xenmigrate";

    /// <summary>Linux's /proc.</summary>
    public static string ProcessFolder => Variable("XENMIGRATE_PROC") ?? "/proc";

    public static string DomainFolder(uint domain) => $"{RunFolder}/domain-{domain}";

    /// <summary>The hypervisor's version, "4.17"; null where there is none.</summary>
    public static XenVersion? Xen =>
        XenVersion.Parse(Variable("XENMIGRATE_XEN_VERSION") ?? $"{ReadLine("/sys/hypervisor/version/major")}.{ReadLine("/sys/hypervisor/version/minor")}");

    /// <summary>libxl's own helper, or null if it is nowhere.</summary>
    public static string? StockHelper(XenVersion? xen)
    {
        if (Variable("XENMIGRATE_STOCK_HELPER") is { } set)
        {
            return set;
        }

        // Debian has a folder for each version, so that the hypervisor's is the right one; all others have one.
        string[] debian = xen is null ? [] : [$"/usr/lib/xen-{xen}/bin"];
        string[] others = [.. s_libraryFolders.SelectMany(folder => (string[])[$"/usr/{folder}/xen/bin", $"/usr/local/{folder}/xen/bin"])];
        return debian.Concat(others).Select(folder => folder + "/libxl-save-helper").FirstOrDefault(File.Exists);
    }

    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string ReadLine(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
