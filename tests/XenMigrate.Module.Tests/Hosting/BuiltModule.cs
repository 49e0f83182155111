using System.IO;
using System.Linq;
using System.Reflection;

namespace XenMigrate.ModuleTests.Hosting;

/// <summary>The module as the build left it: what would be published.</summary>
internal static class BuiltModule
{
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string Version { get; } = Metadata("ModuleVersion");

    public static string Folder { get; } = Path.Combine(RepositoryRoot, "out", "XenMigrate", Version);

    public static string Manifest { get; } = Path.Combine(Folder, "XenMigrate.psd1");

    /// <summary>Its files, relative to its folder, with slashes.</summary>
    public static string[] Files() =>
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Order(),
    ];

    private static string Metadata(string key) =>
        typeof(BuiltModule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
