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

    /// <summary>Runs commands one after the other in one remote execution, whatever each ends with.</summary>
    /// <param name="commands">The commands; they get no standard input.</param>
    /// <param name="timeout">For all of them together.</param>
    /// <param name="cancellationToken">As in <see cref="RunAsync"/>.</param>
    /// <returns>One result for each command, in order.</returns>
    Task<IReadOnlyList<CommandResult>> RunAllAsync(
        IReadOnlyList<RemoteCommand> commands, TimeSpan timeout, CancellationToken cancellationToken);
}
