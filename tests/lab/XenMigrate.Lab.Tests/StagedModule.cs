using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace XenMigrate.Lab.Tests;

/// <summary>The module as it would be published. The types that the tests name are its own.</summary>
internal static class StagedModule
{
    public static string Folder { get; } =
        Path.Combine(Metadata("RepositoryRoot"), "out", "XenMigrate", Metadata("ModuleVersion"));

    public static string Manifest { get; } = Path.Combine(Folder, "XenMigrate.psd1");

    public static string Metadata(string key) => typeof(StagedModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;

    [ModuleInitializer]
    internal static void ResolveCore() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == "XenMigrate.Core"
            ? context.LoadFromAssemblyPath(Path.Combine(Folder, "module", "bin", "net8.0", "XenMigrate.Core.dll"))
            : null;
}
