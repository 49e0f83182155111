namespace XenMigrate;

/// <content>The guests that are meant.</content>
public sealed partial class TestMigrationEnvironmentCommand
{
    private async Task FindByNameAsync(HostEnd source, CancellationToken cancellationToken)
    {
        if (ParameterSetName == "Name" && source.Session is { } session)
        {
            GuestFilter filter = new() { Criteria = [.. Name.Select(GuestSearch.Criterion)] };
            _guests.AddRange((await Search.SearchAsync([new MigrationHost(session)], filter, cancellationToken).ConfigureAwait(false)).Select(found => found.Guest));
            _missing = filter.Apply(_guests).NotFound.Count > 0 || _guests.Count == 0;
        }
    }

    private void NotFound(Guest guest)
    {
        _missing = true;
        PostError(new GuestNotFoundException(guest.Name, ComputerName.ComputerName), guest);
    }

    private static bool IsName(string name, MigrationHost host) =>
        string.Equals(name, host.ComputerName, StringComparison.OrdinalIgnoreCase);
}
