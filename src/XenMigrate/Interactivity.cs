using System.Management.Automation.Host;

namespace XenMigrate;

/// <summary>Whether there is somebody to ask.</summary>
internal static class Interactivity
{
    // Other programs that are PowerShell's host have windows of their own to ask in, whatever their console is.
    private static readonly string[] s_consoleHosts = ["ConsoleHost", "ServerRemoteHost", "Default Host"];

    public static bool Of(PSHost? host)
    {
        try
        {
            return host?.UI is not null && (!s_consoleHosts.Contains(host.Name) || HasConsole(host));
        }
        catch (Exception e) when (IsSilent(e))
        {
            return false;
        }
    }

    /// <summary>The answer to a question; null where there is nobody to ask.</summary>
    public static bool? Ask(PSHost? host, Func<bool> question) => Of(host) ? Answer(question) : null;

    /// <summary>The answer to what a person need not be asked in every case; null where one would, and there is nobody.</summary>
    public static T? Answer<T>(Func<T> question)
        where T : struct
    {
        try
        {
            return question();
        }
        catch (Exception e) when (IsSilent(e))
        {
            // As in a thread job, whose host has a screen and no keyboard.
            return null;
        }
    }

    /// <summary>What hosts say that have nobody to ask.</summary>
    private static bool IsSilent(Exception e) =>
        e is HostException or NotImplementedException or NotSupportedException or PSInvalidOperationException;

    private static bool HasConsole(PSHost host) => host.UI.RawUI is not null
        && Environment.UserInteractive
        && !Console.IsInputRedirected
        && !Environment.GetCommandLineArgs().Any(IsNonInteractive);

    // PowerShell takes any beginning of a parameter's name that is no other's.
    private static bool IsNonInteractive(string argument) =>
        argument.Length >= 5 && "-NonInteractive".StartsWith(argument, StringComparison.OrdinalIgnoreCase);
}
