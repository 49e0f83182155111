using System;
using System.Net;

namespace XenMigrate.Embedded.PreCopy;

/// <summary>xend's relocation server: guests come in here.</summary>
internal sealed class RelocationServer : IDisposable
{
    /// <param name="admits">Whether a peer, by its real endpoint, may speak at all; another gets no answer.</param>
    public RelocationServer(IIncomingGuests guests, Func<IPEndPoint, bool> admits, TransferTimes? times = null) =>
        throw new NotSupportedException(guests.ToString() + admits + times);

    /// <summary>Where it listens: 127.0.0.1, a port of the system's choice.</summary>
    public IPEndPoint Endpoint { get; } = new(IPAddress.Loopback, 0);

    /// <summary>
    /// Settles whether a guest that came in runs here: true if it does; otherwise what there is of it is abandoned, and
    /// no word to start it will be obeyed any more.
    /// </summary>
    public bool Settle(Guid uuid) => throw new NotSupportedException(uuid.ToString());

    /// <summary>Stops listening, and cuts every transfer that is not committed.</summary>
    public void Dispose()
    {
    }
}
