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

    /// <summary>Runs batches at once where the shell can, else one after the other; in one remote execution.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        this IHostShell shell,
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        if (shell is IConcurrentShell concurrent)
        {
            return await concurrent.RunAtOnceAsync(batches, timeout, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<CommandResult> all = await shell
            .RunAllAsync([.. batches.SelectMany(batch => batch)], timeout, cancellationToken).ConfigureAwait(false);
        int taken = 0;
        return [.. batches.Select(batch => (IReadOnlyList<CommandResult>)[.. all.Skip((taken += batch.Count) - batch.Count).Take(batch.Count)])];
    }

    /// <inheritdoc cref="IHostFiles.UploadAsync"/>
    /// <exception cref="NotSupportedByToolstackException">No file can be put on this host.</exception>
    public static Task UploadAsync(
        this IHostShell shell, Stream content, string path, CancellationToken cancellationToken) => shell is IHostFiles files
            ? files.UploadAsync(content, path, cancellationToken)
            : throw new NotSupportedByToolstackException(
                shell.Endpoint.ComputerName, "no file can be put there from here.", "Give a host that is reached by SSH.");
}
