using System;
using XenMigrate.Hosts;

namespace XenMigrate.Toolstacks.Xl;

/// <summary>Turns a failed xl command into the exception that says what to do about it.</summary>
internal static class XlFailure
{
    private const int NotFoundExitCode = 127;

    public static XenMigrateException Of(string host, RemoteCommand command, CommandResult result)
    {
        if (result.ExitCode == NotFoundExitCode)
        {
            return new ToolstackNotFoundException(host, "xl is not there, or not in the PATH of a non-interactive shell");
        }

        return Says(result, "cannot init xl context") || Says(result, "Permission denied")
            ? new PrivilegeRequiredException(host, command)
            : new RemoteCommandFailedException(host, command, result);
    }

    private static bool Says(CommandResult result, string text) =>
        result.Error.Contains(text, StringComparison.OrdinalIgnoreCase);
}
