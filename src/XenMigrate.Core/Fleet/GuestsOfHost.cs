namespace XenMigrate.Fleet;

/// <summary>The guests of a host, or why they are not known.</summary>
internal sealed record GuestsOfHost(string Host, HostSession? Session, IReadOnlyList<Guest>? Guests, XenMigrateException? Problem)
{
    public static async Task<GuestsOfHost> AskAsync(HostEnd end, CancellationToken cancellationToken)
    {
        try
        {
            return end.Session is { } session
                ? new GuestsOfHost(end.Name, session, await session.Toolstack.ListAsync(cancellationToken).ConfigureAwait(false), null)
                : new GuestsOfHost(end.Name, null, null, new HostUnreachableException(end.Name, end.Problem ?? "there is no session"));
        }
        catch (XenMigrateException e)
        {
            return new GuestsOfHost(end.Name, end.Session, null, e);
        }
    }
}
