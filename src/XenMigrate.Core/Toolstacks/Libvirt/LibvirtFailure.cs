using System;
using XenMigrate.Hosts;

namespace XenMigrate.Toolstacks.Libvirt;

/// <summary>Turns a failed virsh command into the exception that says what to do about it.</summary>
internal static class LibvirtFailure
{
    private const int NotFoundExitCode = 127;

    public static XenMigrateException Of(string host, RemoteCommand command, CommandResult result)
    {
        if (result.ExitCode == NotFoundExitCode)
        {
            return new ToolstackNotFoundException(host, "virsh is not there, or not in the PATH of a non-interactive shell");
        }

        if (Says(result, "authentication") || Says(result, "Permission denied") || Says(result, "access denied"))
        {
            return new PrivilegeRequiredException(host, command);
        }

        return Says(result, "failed to connect to the hypervisor")
            ? new ToolstackNotFoundException(
                host,
                $"virsh is there, and libvirt with its Xen driver does not answer (on {host}: systemctl start libvirtd; or, to leave "
                    + $"libvirt out of it: Connect-MigrationHost {host} -Toolstack Xl)")
            : new RemoteCommandFailedException(host, command, result);
    }

    private static bool Says(CommandResult result, string text) =>
        result.Error.Contains(text, StringComparison.OrdinalIgnoreCase);
}
