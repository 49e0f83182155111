namespace XenMigrate.Remote;

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

    /// <summary>Runs commands one after the other in one remote execution, whatever each ends with.</summary>
    /// <returns>One result for each command, in order.</returns>
    public static async Task<IReadOnlyList<CommandResult>> RunAllAsync(
        this IHostShell shell, IReadOnlyList<RemoteCommand> commands, TimeSpan timeout, CancellationToken cancellationToken) =>
        commands.Count == 0 ? [] : (await shell.RunAtOnceAsync([commands], timeout, cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Gives each batch its part of results that came in one row.</summary>
    public static IReadOnlyList<IReadOnlyList<CommandResult>> InBatches(
        this IReadOnlyList<CommandResult> results, IReadOnlyList<IReadOnlyList<RemoteCommand>> batches)
    {
        int taken = 0;
        return [.. batches.Select(batch => (IReadOnlyList<CommandResult>)[.. results.Skip((taken += batch.Count) - batch.Count).Take(batch.Count)])];
    }
}
