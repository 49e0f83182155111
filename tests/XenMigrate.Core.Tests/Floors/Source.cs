using System.Reflection;

namespace XenMigrate.Tests.Floors;

/// <summary>The files of the projects in src, without what is made at build.</summary>
internal static class Source
{
    public static string Folder { get; } =
        typeof(Source).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Source").Value!;

    public static IEnumerable<string> Files => Directory.EnumerateDirectories(Folder).SelectMany(FilesOf);

    public static IEnumerable<string> FilesOf(string project)
    {
        string folder = Path.Combine(Folder, project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0] is not ("obj" or "bin"));
    }
}
