using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Renci.SshNet;
using XenMigrate.Hosts;

namespace XenMigrate.Ssh;

/// <summary>An authenticated connection to a host, with those to the hosts on the way.</summary>
/// <param name="clients">The jump hosts' connections in order, then the host's own.</param>
internal sealed class SshSession(IReadOnlyList<SshClient> clients, string fingerprint) : IDisposable
{
    // For the longest time that a cancelled command keeps its caller: beyond the grace, all this is for broken lines.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_terminationTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_endTimeout = TimeSpan.FromSeconds(2);

    // sshd opens ten channels (MaxSessions): eight are for commands, so two are left to end them.
    private readonly SemaphoreSlim _terminations = new(2);
    private readonly SshClient _client = clients[clients.Count - 1];
    private readonly CancellationTokenSource _closing = new();
    private int _closed;

    /// <summary>The fingerprint of the key that the host showed.</summary>
    public string Fingerprint => fingerprint;

    public bool IsConnected => Volatile.Read(ref _closed) == 0 && _client.IsConnected;

    /// <summary>Runs a command; when the token is cancelled, ends it on the host.</summary>
    public async Task<CommandResult> RunAsync(
        RemoteCommand command, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        RemoteExecution execution = new(_client, command, lines);
        try
        {
            return await execution.Result.OrCancelled(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await EndAsync(execution).ConfigureAwait(false);
            throw;
        }
        catch (OperationCanceledException e) when (_closing.IsCancellationRequested)
        {
            // SSH.NET does not tell commands that we closed the connection ourselves.
            execution.Close();
            throw new ObjectDisposedException("The connection was closed.", e);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        _closing.Cancel();

        // From the far end, since each connection runs through the one before.
        for (int i = clients.Count - 1; i >= 0; i--)
        {
            clients[i].Dispose();
        }
    }

    private async Task EndAsync(RemoteExecution execution)
    {
        using CancellationTokenSource ending = new(s_terminationTimeout);
        if (await execution.Group.EndsBefore(ending.Token).ConfigureAwait(false)
            && execution.Group.Status == TaskStatus.RanToCompletion)
        {
            await TerminateAsync(execution.Group.Result, ending.Token).ConfigureAwait(false);
        }

        using CancellationTokenSource end = new(s_endTimeout);
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

    private async Task TerminateAsync(int group, CancellationToken cancellationToken)
    {
        try
        {
            await _terminations.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            await RemoteTermination.RunAsync(_client, group, s_grace, s_terminationTimeout)
                .EndsBefore(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _terminations.Release();
        }
    }
}
