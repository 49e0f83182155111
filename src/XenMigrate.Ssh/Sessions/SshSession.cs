using Renci.SshNet.Messages.Transport;

namespace XenMigrate.Ssh;

/// <summary>An authenticated connection to a host, with those to the hosts on the way.</summary>
internal sealed class SshSession : IDisposable
{
    // For the longest time that a cancelled command keeps its caller: beyond the grace, all this is for broken lines.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_terminationTimeout = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan s_endTimeout = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<SshClient> _clients;
    private readonly SshClient _client;
    private readonly Heartbeat _heartbeat;
    private readonly CancellationTokenSource _closing = new();
    private string? _whyClosed;

    /// <param name="clients">The jump hosts' connections in order, then the host's own.</param>
    /// <param name="fingerprint">The fingerprint of the key that the host showed.</param>
    /// <param name="times">When a silent host counts as gone.</param>
    public SshSession(IReadOnlyList<SshClient> clients, string fingerprint, SshTimes times)
    {
        _clients = clients;
        _client = clients[clients.Count - 1];
        _client.ConnectionInfo.Timeout = times.Silence;
        // A channel that is refused is looked for on another connection, not again on this one.
        _client.ConnectionInfo.RetryAttempts = 1;
        _heartbeat = new Heartbeat(_client, times, () => Close("it no longer answers."));
        Fingerprint = fingerprint;
    }

    /// <summary>The fingerprint of the key that the host showed.</summary>
    public string Fingerprint { get; }

    public bool IsConnected => Volatile.Read(ref _whyClosed) is null && _client.IsConnected;

    /// <summary>Runs a command; when the token is cancelled, ends it on the host.</summary>
    /// <param name="mark">As in <see cref="RemoteExecution"/>.</param>
    /// <param name="endAsync">
    /// Ends a process group on the host, and says whether it came to that: perhaps over another connection.
    /// </param>
    /// <exception cref="ChannelRefusedException">The host begins no further command on this connection.</exception>
    public async Task<CommandResult> RunAsync(
        RemoteCommand command,
        IProgress<OutputLine>? lines,
        string? mark,
        Func<int, CancellationToken, Task<bool>> endAsync,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        RemoteExecution execution = new(_client, command, lines, mark);
        _heartbeat.Enter();
        try
        {
            return await execution.Result.OrCancelled(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await EndAsync(execution, endAsync).ConfigureAwait(false);
            throw;
        }
        catch (Exception e) when (Volatile.Read(ref _whyClosed) is not null && IsOfTheConnection(e))
        {
            // What SSH.NET tells a command of a connection that is closed under it, if anything, depends on what it was
            // doing just then. Why it was closed is known here alone.
            execution.Close();
            throw new SshConnectionException(_whyClosed, DisconnectReason.ConnectionLost, e);
        }
        finally
        {
            _heartbeat.Leave();
        }
    }

    /// <summary>Ends a process group on the host, whichever connection it came over.</summary>
    /// <exception cref="ChannelRefusedException">The host begins no further command on this connection.</exception>
    public async Task<bool> TerminateAsync(int group, CancellationToken cancellationToken) =>
        await RemoteTermination.RunAsync(_client, group, s_grace, s_terminationTimeout)
            .OrCancelled(cancellationToken).ConfigureAwait(false);

    /// <summary>Whether the host begins one more command on this connection; it is one that does nothing.</summary>
    public Task<bool> OpensChannelAsync() => BlockingThread.Run(_heartbeat.OpensChannel);

    public void Dispose() => Close("it was closed.");

    /// <summary>Closes the connection; what runs is told the first reason that was given.</summary>
    public void Close(string reason)
    {
        if (Interlocked.CompareExchange(ref _whyClosed, reason, null) is not null)
        {
            return;
        }

        _heartbeat.Dispose();
        _closing.Cancel();

        // From the far end, since each connection runs through the one before.
        for (int i = _clients.Count - 1; i >= 0; i--)
        {
            _clients[i].Dispose();
        }
    }

    private static bool IsOfTheConnection(Exception e) =>
        e is OperationCanceledException or SshException or InvalidOperationException or SocketException or IOException;

    private static async Task EndAsync(RemoteExecution execution, Func<int, CancellationToken, Task<bool>> endAsync)
    {
        using CancellationTokenSource ending = new(s_terminationTimeout);
        bool terminated = await execution.Group.EndsBefore(ending.Token).ConfigureAwait(false)
            && execution.Group.Status == TaskStatus.RanToCompletion
            && await endAsync(execution.Group.Result, ending.Token).ConfigureAwait(false);

        using CancellationTokenSource end = new(terminated ? s_endTimeout : TimeSpan.Zero);
        if (!await execution.Result.EndsBefore(end.Token).ConfigureAwait(false))
        {
            await BlockingThread.Run(() =>
            {
                execution.Abandon();
                return true;
            }).ConfigureAwait(false);
        }

        // Whoever cancelled does not ask how it ended; this only marks a failure as seen.
        _ = execution.Result.ContinueWith(
            ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
