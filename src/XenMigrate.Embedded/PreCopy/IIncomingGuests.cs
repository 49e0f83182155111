namespace XenMigrate.Embedded.PreCopy;

/// <summary>
/// What a host does about guests that come in. All three are called on the transfer's own threads; of
/// <see cref="Activate"/> and <see cref="Abandon"/> exactly one is called after <see cref="Reserve"/>, once.
/// </summary>
internal interface IIncomingGuests
{
    /// <summary>Reserves memory, touches it, and makes the half-built guest known; it stands still.</summary>
    /// <exception cref="GuestRefusedException">It can't come in; the message says why, for the user.</exception>
    EmbeddedGuest Reserve(IncomingGuest guest);

    /// <summary>The guest is whole, and the source has let go of it: it's this host's now. Resumes it, unless paused.</summary>
    void Activate(EmbeddedGuest guest, bool paused);

    /// <summary>It will never be whole: destroys it.</summary>
    void Abandon(EmbeddedGuest guest);
}
