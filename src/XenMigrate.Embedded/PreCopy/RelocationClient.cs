namespace XenMigrate.Embedded.PreCopy;

/// <summary>Moves a guest to a relocation server.</summary>
/// <param name="connect">Opens a connection to the server, or throws a <see cref="SocketException"/>.</param>
/// <param name="askDestination">
/// Settles, by another way than the connection, whether the destination runs what the transfer with this token brought:
/// true if it does; false if it does not and never will, see <see cref="RelocationServer.Settle"/>; null if nobody can
/// tell. It is asked once, when the connection broke between the word to start the guest and the answer.
/// </param>
internal sealed class RelocationClient(Func<Socket> connect, Func<Guid, bool?> askDestination, TransferTimes? times = null)
{
    private readonly TransferTimes _times = times ?? new TransferTimes();

    /// <summary>
    /// Moves the guest. It returns how it ended, and throws nothing that a link or a destination can cause. Cancelling
    /// ends it in a live round; as soon as the guest is suspended it is finished.
    /// </summary>
    /// <param name="live">Whether the guest runs meanwhile; otherwise it is paused first.</param>
    /// <param name="report">Called on the transfer's threads, one call at a time; it must not wait for anything.</param>
    public Task<RelocationResult> SendAsync(
        EmbeddedGuest guest, PreCopyOptions options, bool live, Action<PreCopyReport> report, CancellationToken cancellationToken)
    {
        TaskCompletionSource<RelocationResult> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() =>
        {
            try
            {
                using OutgoingTransfer transfer = new(guest, options, live, Connect, report, _times);
                ended.SetResult(transfer.Run(askDestination, cancellationToken));
            }
            catch (Exception e)
            {
                // Whoever waits must hear of it, whatever it is.
                ended.SetException(e);
            }
        })
        { IsBackground = true, Name = "pre-copy" };
        thread.Start();
        return ended.Task;
    }

    private SocketWire Connect()
    {
        try
        {
            return new SocketWire(connect(), _times.Handshake);
        }
        catch (SocketException e)
        {
            throw new TransferException($"can't connect: {e.Message}", e);
        }
    }
}
