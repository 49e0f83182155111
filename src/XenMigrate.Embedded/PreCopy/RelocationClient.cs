using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Embedded.Guests;
using XenMigrate.Migration;

namespace XenMigrate.Embedded.PreCopy;

/// <summary>Moves a guest to a relocation server.</summary>
internal sealed class RelocationClient
{
    private readonly Func<Socket> _connect;
    private readonly Func<Task<bool?>> _askDestination;
    private readonly TransferTimes _times;

    /// <param name="connect">Opens a connection to the server, or throws a <see cref="SocketException"/>.</param>
    /// <param name="askDestination">
    /// Settles, by another way than the connection, whether the destination runs the guest: true if it does; false if it
    /// does not and never will, see <see cref="RelocationServer.Settle"/>; null if nobody can tell. It is asked once,
    /// when the connection broke between the word to start the guest and the answer.
    /// </param>
    public RelocationClient(Func<Socket> connect, Func<Task<bool?>> askDestination, TransferTimes? times = null)
    {
        _connect = connect;
        _askDestination = askDestination;
        _times = times ?? new TransferTimes();
    }

    /// <summary>
    /// Moves the guest. It returns how it ended, and throws nothing that a link or a destination can cause. Cancelling
    /// ends it in a live round; as soon as the guest is suspended it is finished.
    /// </summary>
    /// <param name="live">Whether the guest runs meanwhile; otherwise it is paused first.</param>
    public Task<RelocationResult> SendAsync(
        EmbeddedGuest guest, PreCopyOptions options, bool live, Action<PreCopyReport> report, CancellationToken cancellationToken) =>
        throw new NotSupportedException(_connect.ToString() + _askDestination + _times);
}
