using System.Security.Cryptography;

namespace XenMigrate.SaveHelpers;

/// <summary>The save helper that comes with the module.</summary>
/// <param name="LocalPath">The program on this machine.</param>
/// <param name="Version">The module's version.</param>
/// <param name="Sha256">Of the program, in small hexadecimal digits; null if this copy of the module has none.</param>
internal sealed record HelperPackage(string LocalPath, string Version, string? Sha256)
{
    public const string Program = "xenmigrate-save-helper";

    /// <summary>The folder of its own that it has on a host, with the beginning of its checksum; null if there is no program.</summary>
    public string? Name => Sha256 is null ? null : $"{Version}-{Sha256.Substring(0, 12)}";

    /// <summary>Looks beside the module's binaries: they are in module/bin/FRAMEWORK, and it is in module/helper.</summary>
    public static HelperPackage Shipped() => Read(
        Path.Combine(Path.GetDirectoryName(typeof(HelperPackage).Assembly.Location) ?? "", "..", "..", "helper", "linux-x64", Program));

    public static HelperPackage Read(string path)
    {
        string version = typeof(HelperPackage).Assembly.GetName().Version!.ToString(3);
        string whole = Path.GetFullPath(path);
        try
        {
            using FileStream file = new(whole, FileMode.Open, FileAccess.Read, FileShare.Read);
            using SHA256 sha = SHA256.Create();
            return new HelperPackage(
                whole,
                version,
                string.Concat(sha.ComputeHash(file).Select(value => value.ToString("x2", CultureInfo.InvariantCulture))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new HelperPackage(whole, version, null);
        }
    }

    /// <summary>Whether a helper on a host is this one; without a program of its own, any of this version.</summary>
    public bool Fits(InstalledHelper installed) => Name is null ? installed.Version == Version : installed.Name == Name;

    public override string ToString() => Name ?? Version;
}
