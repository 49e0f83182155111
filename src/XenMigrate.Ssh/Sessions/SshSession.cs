using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Messages.Transport;
using XenMigrate.Hosts;

namespace XenMigrate.Ssh;

/// <summary>An authenticated connection to a host, with those to the hosts on the way.</summary>
internal sealed class SshSession : IDisposable
{
    // For the longest time that a cancelled command keeps its caller: beyond the grace, all this is for broken lines.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_terminationTimeout = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan s_endTimeout = TimeSpan.FromSeconds(2);

    // sshd opens ten channels (MaxSessions): eight are for commands, so two are left to end them.
    private readonly SemaphoreSlim _terminations = new(2);
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
        _heartbeat = new Heartbeat(_client, times, () => Close("it no longer answers."));
        Fingerprint = fingerprint;
    }

    /// <summary>The fingerprint of the key that the host showed.</summary>
    public string Fingerprint { get; }

    public bool IsConnected => Volatile.Read(ref _whyClosed) is null && _client.IsConnected;

    /// <summary>Runs a command; when the token is cancelled, ends it on the host.</summary>
    /// <param name="mark">As in <see cref="RemoteExecution"/>.</param>
    public async Task<CommandResult> RunAsync(
        RemoteCommand command, IProgress<OutputLine>? lines, string? mark, CancellationToken cancellationToken)
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
            await EndAsync(execution).ConfigureAwait(false);
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

    private async Task EndAsync(RemoteExecution execution)
    {
        using CancellationTokenSource ending = new(s_terminationTimeout);
        bool terminated = await execution.Group.EndsBefore(ending.Token).ConfigureAwait(false)
            && execution.Group.Status == TaskStatus.RanToCompletion
            && await TerminateAsync(execution.Group.Result, ending.Token).ConfigureAwait(false);

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

    private async Task<bool> TerminateAsync(int group, CancellationToken cancellationToken)
    {
        try
        {
            await _terminations.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        try
        {
            return await RemoteTermination.RunAsync(_client, group, s_grace, s_terminationTimeout)
                .EndsBefore(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _terminations.Release();
        }
    }
}
