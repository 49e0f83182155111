#if NET
using System.Reflection;
using System.Runtime.Loader;

namespace XenMigrate.Loading;

/// <summary>
/// Finds XenMigrate.Ssh and XenMigrate.Embedded, and them alone, in a load context of its own: other modules ship other
/// versions of SSH.NET or System.IO.Hashing, and two of them can't live in one context.
/// </summary>
internal static class DependencyResolver
{
    private static readonly string s_folder =
        Path.Combine(Path.GetDirectoryName(typeof(DependencyResolver).Assembly.Location)!, "deps");

    private static readonly DependencyLoadContext s_context = new(s_folder);
    private static int s_installed;

    public static void Install()
    {
        if (Interlocked.Exchange(ref s_installed, 1) == 0)
        {
            AssemblyLoadContext.Default.Resolving += Resolve;
        }
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName wanted) =>
        wanted.Name is "XenMigrate.Ssh" or "XenMigrate.Embedded" ? s_context.LoadFromAssemblyName(wanted) : null;
}
#endif
