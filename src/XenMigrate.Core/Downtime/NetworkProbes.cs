using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace XenMigrate.Downtime;

/// <summary>Asks over the network whether somebody is there.</summary>
internal static class NetworkProbes
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);

    /// <summary>One echo request.</summary>
    public static async Task<bool> PingAsync(string address)
    {
        using Ping ping = new();
        try
        {
            PingReply reply = await ping.SendPingAsync(address, (int)s_timeout.TotalMilliseconds).ConfigureAwait(false);
            return reply.Status == IPStatus.Success;
        }
        catch (Exception e) when (e is PingException or SocketException)
        {
            return false;
        }
    }

    /// <summary>One connection, closed as soon as it is there.</summary>
    public static async Task<bool> ConnectAsync(string address, int port, CancellationToken cancellationToken)
    {
        using TcpClient client = new();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task connecting = client.ConnectAsync(address, port);
        Task first = await Task.WhenAny(connecting, Task.Delay(s_timeout, limit.Token)).ConfigureAwait(false);
        limit.Cancel();
        if (first != connecting)
        {
            // It ends with the client; what it has to say then, nobody needs.
            _ = connecting.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return false;
        }

        try
        {
            await connecting.ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
