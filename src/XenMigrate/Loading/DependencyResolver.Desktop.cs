#if !NET
using System.Reflection;

namespace XenMigrate.Loading;

/// <summary>
/// Windows PowerShell has no load contexts and no binding redirects for modules: a reference of ours, even to an
/// older System.Memory, is answered with what lies in our own folders, and nobody else's is.
/// </summary>
internal static class DependencyResolver
{
    private static readonly string s_folder = Path.GetDirectoryName(typeof(DependencyResolver).Assembly.Location);
    private static int s_installed;

    public static void Install()
    {
        if (Interlocked.Exchange(ref s_installed, 1) == 0)
        {
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        }
    }

    private static Assembly? Resolve(object sender, ResolveEventArgs e)
    {
        AssemblyName wanted = new(e.Name);
        string path = Path.Combine(s_folder, "deps", wanted.Name + ".dll");

        return (IsOurs(e.RequestingAssembly) || wanted.Name == "XenMigrate.Ssh")
            && File.Exists(path)
            && AssemblyName.GetAssemblyName(path).Version >= wanted.Version
                ? Assembly.LoadFrom(path)
                : null;
    }

    private static bool IsOurs(Assembly? requesting) =>
        requesting is { IsDynamic: false }
        && requesting.Location.StartsWith(s_folder, StringComparison.OrdinalIgnoreCase);
}
#endif
