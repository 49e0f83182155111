using System;
using XenMigrate.Hosts;

namespace XenMigrate.Toolstacks.Xend;

/// <summary>Turns a failed xm command into the exception that says what to do about it.</summary>
internal static class XendFailure
{
    private const int NotFoundExitCode = 127;

    public static XenMigrateException Of(string host, RemoteCommand command, CommandResult result)
    {
        if (result.ExitCode == NotFoundExitCode)
        {
            return new ToolstackNotFoundException(host, "xm is not there, or not in the PATH of a non-interactive shell");
        }

        if (Says(result, "Unable to connect to xend") || Says(result, "Is xend running"))
        {
            return new ToolstackNotFoundException(host, $"xm is there, and xend does not run (on {host}: service xend start)");
        }

        return Says(result, "need root access") || Says(result, "Permission denied")
            ? new PrivilegeRequiredException(host, command)
            : new RemoteCommandFailedException(host, command, result);
    }

    private static bool Says(CommandResult result, string text) =>
        result.Error.Contains(text, StringComparison.OrdinalIgnoreCase)
        || result.Output.Contains(text, StringComparison.OrdinalIgnoreCase);
}
