using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Renci.SshNet;
using XenMigrate.Hosts;

namespace XenMigrate.Ssh;

/// <summary>Connects to a target, hop by hop, as often as it is asked to.</summary>
internal sealed class SshDialer
{
    private readonly HostConnection _connection;
    private readonly SshTimes _times;
    private readonly List<(SshTarget Target, SshAuthentication Authentication)> _way = [];

    public SshDialer(SshTarget target, HostConnection connection, SshTimes times)
    {
        _connection = connection;
        _times = times;
        Target = target;
        for (SshTarget? hop = target; hop is not null; hop = hop.Jump)
        {
            _way.Insert(0, (hop, SshAuthentication.Load(hop, connection, isJump: hop != target)));
        }
    }

    public SshTarget Target { get; }

    /// <summary>Makes a new connection.</summary>
    /// <param name="fingerprint">The host key that the session began with, or null at its beginning.</param>
    public async Task<SshSession> DialAsync(string? fingerprint, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(_connection.ConnectTimeout);

        List<SshClient> clients = [];
        try
        {
            string shown = "";
            foreach ((SshTarget target, SshAuthentication authentication) in _way)
            {
                string? expected = target == Target ? fingerprint : null;
                SshConnecting connecting = new(target, authentication, _connection, expected);
                SshClient? through = clients.Count > 0 ? clients[clients.Count - 1] : null;
                clients.Add(await connecting.RunAsync(through, timer.Token).ConfigureAwait(false));
                shown = connecting.Fingerprint;
            }

            SshSession session = new(clients, shown, _times);
            clients = [];
            return session;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HostUnreachableException(
                Target.Name, $"no connection within {_connection.ConnectTimeout.TotalSeconds:0.#} s.", e);
        }
        finally
        {
            for (int i = clients.Count - 1; i >= 0; i--)
            {
                clients[i].Dispose();
            }
        }
    }
}
