namespace XenMigrate;

/// <summary>
/// Runs commands on one host. Everything above this interface cannot tell a real host from an embedded one.
/// </summary>
public interface IHostShell : IDisposable
{
    /// <summary>Where this shell leads.</summary>
    HostEndpoint Endpoint { get; }

    /// <summary>Whether commands can be run now.</summary>
    bool IsConnected { get; }

    /// <summary>Runs a command to its end, with LC_ALL=C, and returns whatever exit code it ended with.</summary>
    /// <param name="command">The words to run.</param>
    /// <param name="timeout">
    /// After this time the remote process is ended; <see cref="Timeout.InfiniteTimeSpan"/> for none.
    /// </param>
    /// <param name="lines">Gets each line as it arrives, in order, or null.</param>
    /// <param name="cancellationToken">Ends the remote process too, not only the wait for it.</param>
    /// <exception cref="OutputNotUnderstoodException">It wrote more than is kept, and nobody got the lines.</exception>
    /// <exception cref="HostTimeoutException">The command did not end in time.</exception>
    /// <exception cref="HostDisconnectedException">The connection broke; nobody knows how the command ended.</exception>
    Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken);

    /// <summary>
    /// Runs batches of commands in one remote execution: the batches at the same time where the host can, the commands of a
    /// batch one after the other, whatever each ends with.
    /// </summary>
    /// <param name="batches">The batches; their commands get no standard input.</param>
    /// <param name="timeout">For all of them together.</param>
    /// <param name="cancellationToken">As in <see cref="RunAsync"/>.</param>
    /// <returns>For each batch, in order, one result for each command, in order.</returns>
    /// <exception cref="OutputNotUnderstoodException">A part is missing: the execution ended before its time.</exception>
    Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Writes a file that is not there yet, byte for byte. What is left of a failure is for the caller to remove.</summary>
    /// <param name="content">Read to its end.</param>
    /// <param name="path">The file's absolute path on the host; its folder is there.</param>
    /// <param name="cancellationToken">Stops it, with half a file there.</param>
    /// <exception cref="HelperChangeFailedException">The host did not take it; the message says why.</exception>
    /// <exception cref="NotSupportedByToolstackException">No file can be put on this host.</exception>
    Task UploadAsync(Stream content, string path, CancellationToken cancellationToken);
}
