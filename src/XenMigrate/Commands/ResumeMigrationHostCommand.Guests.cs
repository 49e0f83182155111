namespace XenMigrate;

/// <content>The guests that left the host.</content>
public sealed partial class ResumeMigrationHostCommand
{
    private async Task<ReturningGuests> FindAsync(HostDrain drain, CancellationToken cancellationToken)
    {
        HostEnd[] ends = await ConnectAsync(
            drain.Guest.Select(guest => new MigrationHost(guest.Destination.Name)).Prepend(ComputerName), cancellationToken)
            .ConfigureAwait(false);
        GuestsOfHost[] lists = await Task.WhenAll(ends.Select(end => GuestsOfHost.AskAsync(end, cancellationToken))).ConfigureAwait(false);
        foreach (GuestsOfHost silent in lists.Where(list => list.Problem is not null))
        {
            PostError(silent.Problem!, silent.Host);
        }

        // Of a host that is only asked whether somebody moved a guest on to it, no answer is no error.
        GuestsOfHost[] others = await Task.WhenAll(Sessions.All
            .Where(host => !ends.Any(end => string.Equals(end.Name, host.ComputerName, StringComparison.OrdinalIgnoreCase)))
            .Select(host => GuestsOfHost.AskAsync(host, cancellationToken))).ConfigureAwait(false);

        // Without the host itself it can't be told who is back, nor could anybody be brought.
        return lists[0].Guests is null
            ? throw new TerminatingErrorException(
                new HostUnreachableException(ComputerName.ComputerName, ends[0].Problem ?? "it does not say which guests it has"))
            : ReturningGuests.Find(
                drain,
                [.. lists.Concat(others).Where(list => list.Guests is not null).Select(list => (list.Session!, list.Guests!))],
                Work.MayGoOffline);
    }
}
