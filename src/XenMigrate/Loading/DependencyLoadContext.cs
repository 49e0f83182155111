#if NET
using System.Reflection;
using System.Runtime.Loader;

namespace XenMigrate.Loading;

/// <summary>
/// Holds XenMigrate.Ssh, XenMigrate.Embedded, SSH.NET and what these need. What is not in its folder, such as XenMigrate.Core, comes from
/// the default context, so that both sides mean the same types.
/// </summary>
internal sealed class DependencyLoadContext(string folder) : AssemblyLoadContext("XenMigrate.Dependencies")
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
#endif
