using System;
using System.Linq;
using System.Management.Automation.Host;

namespace XenMigrate;

/// <summary>Whether there is somebody to ask.</summary>
internal static class Interactivity
{
    public static bool Of(PSHost? host)
    {
        try
        {
            return host?.UI?.RawUI is not null
                && System.Environment.UserInteractive
                && !Console.IsInputRedirected
                && !System.Environment.GetCommandLineArgs().Any(IsNonInteractive);
        }
        catch (Exception e) when (e is HostException or NotImplementedException)
        {
            return false;
        }
    }

    // PowerShell takes any beginning of a parameter's name that is no other's.
    private static bool IsNonInteractive(string argument) =>
        argument.Length >= 5 && "-NonInteractive".StartsWith(argument, StringComparison.OrdinalIgnoreCase);
}
