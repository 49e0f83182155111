namespace XenMigrate;

/// <summary>Looks for guests on hosts, all of them asked at once, by the sessions of a cmdlet, whose errors are what is not found.</summary>
internal sealed class GuestSearch(HostCmdlet cmdlet)
{
    /// <summary>A name as PowerShell understands it: a pattern if it has wildcards, else exactly that guest.</summary>
    public static GuestCriterion Criterion(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return GuestCriterion.Name(WildcardPattern.Unescape(name));
        }

        WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return GuestCriterion.Pattern(name, pattern.IsMatch);
    }

    /// <summary>
    /// What the filter chooses among the guests of these hosts, or of all connected ones. A host that does not answer
    /// is an error and hides no other; so is a guest that must exist and does not.
    /// </summary>
    public async Task<IReadOnlyList<GuestOnHost>> SearchAsync(
        IReadOnlyList<MigrationHost>? hosts, GuestFilter filter, CancellationToken cancellationToken)
    {
        IEnumerable<MigrationHost> wanted = (hosts is { Count: > 0 } ? cmdlet.Expand(hosts) : cmdlet.ConnectedHosts())
            .GroupBy(host => host.ComputerName, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.First());

        GuestList?[] answers = await Task
            .WhenAll(wanted.Select(host => ListAsync(host, cancellationToken)))
            .ConfigureAwait(false);

        Dictionary<string, GuestList> lists = answers.OfType<GuestList>()
            .ToDictionary(list => list.Host.ComputerName, StringComparer.OrdinalIgnoreCase);
        GuestSelection selection = filter.Apply(lists.Values.SelectMany(list => list.Guests));

        // If no host answered, that is the error, and nobody knows what is not there.
        foreach (string missing in lists.Count > 0 ? selection.NotFound : [])
        {
            cmdlet.PostError(new GuestNotFoundException(missing, string.Join(", ", lists.Keys)));
        }

        return [.. selection.Guests.Select(guest => new GuestOnHost(
            guest with { Session = lists[guest.ComputerName].Host.WithoutObserver() }, lists[guest.ComputerName].Host))];
    }

    /// <summary>The guests that were given as objects, and those that were named and are searched for.</summary>
    public async Task<IReadOnlyList<GuestOnHost>> FindAsync(
        IReadOnlyList<Guest> given,
        IEnumerable<string> names,
        Func<IReadOnlyList<MigrationHost>?> hosts,
        GuestFilter filter,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<GuestOnHost> located = await LocateAsync(given, cancellationToken).ConfigureAwait(false);
        GuestCriterion[] criteria = [.. names.Where(name => GivenObjects.Of<Guest>(name) is null).Select(Criterion)];
        return criteria.Length == 0
            ? located
            : [.. located, .. await SearchAsync(hosts(), filter with { Criteria = criteria }, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>Guests that are known already, each with the session of its host; a host without one is an error.</summary>
    public async Task<IReadOnlyList<GuestOnHost>> LocateAsync(
        IEnumerable<Guest> guests, CancellationToken cancellationToken)
    {
        List<GuestOnHost> located = [];
        IEnumerable<IGrouping<string, Guest>> groups =
            guests.GroupBy(guest => guest.ComputerName, StringComparer.OrdinalIgnoreCase);

        foreach (IGrouping<string, Guest> group in groups)
        {
            try
            {
                HostSession host =
                    await cmdlet.ResolveAsync(SessionOf(group.First()), cancellationToken).ConfigureAwait(false);
                located.AddRange(group.Select(guest => new GuestOnHost(guest, host)));
            }
            catch (XenMigrateException e)
            {
                cmdlet.PostError(e, group.Key);
            }
        }

        return located;
    }

    /// <summary>The session that a guest came by, while it lasts, though another runspace opened it; else ours of that name.</summary>
    private MigrationHost SessionOf(Guest guest) => guest.Session is HostSession { IsConnected: true } own ? new MigrationHost(own)
        : cmdlet.Sessions.Find(guest.ComputerName) is { } ours ? new MigrationHost(ours)
        : new MigrationHost(guest.ComputerName);

    private async Task<GuestList?> ListAsync(MigrationHost host, CancellationToken cancellationToken)
    {
        try
        {
            HostSession session = await cmdlet.ResolveAsync(host, cancellationToken).ConfigureAwait(false);
            return new GuestList(
                session,
                await session.Toolstack.ListAsync(cancellationToken)
                    .ConfigureAwait(false));
        }
        catch (XenMigrateException e)
        {
            cmdlet.PostError(e);
            return null;
        }
    }

    private sealed record GuestList(HostSession Host, IReadOnlyList<Guest> Guests);
}
