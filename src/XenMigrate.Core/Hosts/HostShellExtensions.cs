using System;
using System.Threading;
using System.Threading.Tasks;

namespace XenMigrate.Hosts;

internal static class HostShellExtensions
{
    /// <summary>How long a command may take that only looks: generous, since a busy control domain is slow.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Runs a command to its end, whatever its exit code.</summary>
    public static Task<CommandResult> RunAsync(
        this IHostShell shell, RemoteCommand command, CancellationToken cancellationToken) =>
        shell.RunAsync(command, ReadTimeout, lines: null, cancellationToken);

    /// <summary>Runs a command whose exit code must be 0, and returns its output.</summary>
    /// <exception cref="RemoteCommandFailedException">It was not.</exception>
    public static async Task<string> ReadAsync(
        this IHostShell shell, RemoteCommand command, CancellationToken cancellationToken)
    {
        CommandResult result = await shell.RunAsync(command, cancellationToken).ConfigureAwait(false);
        return result.Succeeded
            ? result.Output
            : throw new RemoteCommandFailedException(shell.Endpoint.ComputerName, command, result);
    }
}
