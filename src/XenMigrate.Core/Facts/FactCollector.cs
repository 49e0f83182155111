namespace XenMigrate.Facts;

/// <summary>
/// Asks all hosts at once, and each in one remote execution, or in two where other guests have disks; another one on a source, at the same time, tries the ways
/// from there to its destinations, and with xend one more if some of them have a port of their own.
/// </summary>
internal static class FactCollector
{
    public static async Task<PairFacts> CollectAsync(
        HostEnd source,
        HostEnd destination,
        string migrationAddress,
        IReadOnlyList<Guest> guests,
        Timing timing,
        CancellationToken cancellationToken,
        Guid? sharing = null)
    {
        Route route = new(source, destination, migrationAddress) { Sharing = sharing };
        return (await CollectAsync([route], guests, timing, cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>The facts of many ways. A host is asked once, however many of them begin or end there.</summary>
    /// <param name="routes">The guests are where the first one begins.</param>
    /// <param name="guests">What is to go.</param>
    /// <param name="timing">Our clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Those of each way, in order.</returns>
    public static async Task<IReadOnlyList<PairFacts>> CollectAsync(
        IReadOnlyList<Route> routes, IReadOnlyList<Guest> guests, Timing timing, CancellationToken cancellationToken)
    {
        // One clock for all hosts, which nobody sets while they answer.
        DateTimeOffset start = timing.Now() - timing.Elapsed();
        DateTimeOffset Ours() => start + timing.Elapsed();

        Wanted wanted = Wanted.By(guests);
        int[] leaving = [.. guests.Select(guest => guest.Id).OfType<int>()];
        using HostGate gate = new();
        Task<HostFacts> Ask(HostEnd end) => gate.EnterAsync(
            () => AskAsync(
                end, wanted, end.Equals(routes[0].Source) ? leaving : [], Ours, timing, cancellationToken),
            cancellationToken);
        Dictionary<HostEnd, Task<HostFacts>> hosts = routes.Select(route => route.Destination).Concat(routes.Select(route => route.Source)).Distinct()
            .ToDictionary(end => end, Ask);

        Task<IEnumerable<(Route Route, PairFacts Facts)>>[] sources =
            [.. routes.GroupBy(route => route.Source).Select(from => CollectFromAsync(from.Key, [.. from.Distinct()], guests, hosts, cancellationToken))];
        await Task.WhenAll(sources.Concat<Task>(hosts.Values)).ConfigureAwait(false);

        Dictionary<Route, PairFacts> facts = (await Task.WhenAll(sources).ConfigureAwait(false))
            .SelectMany(found => found).ToDictionary(found => found.Route, found => found.Facts);
        return [.. routes.Select(route => facts[route])];
    }

    private static async Task<IEnumerable<(Route Route, PairFacts Facts)>> CollectFromAsync(
        HostEnd source,
        IReadOnlyList<Route> routes,
        IReadOnlyList<Guest> guests,
        Dictionary<HostEnd, Task<HostFacts>> hosts,
        CancellationToken cancellationToken)
    {
        ToolstackKind? kind = source.Session?.Toolstack.Kind;
        // Whose the guests are counts, where a host has both.
        bool isLibvirt = guests.Count > 0 ? guests.Any(guest => guest.Toolstack == ToolstackKind.Libvirt) : kind == ToolstackKind.Libvirt;
        Task<IReadOnlyList<Answer<SshProbe>>> ssh = kind == ToolstackKind.Xend
            ? Task.FromResult<IReadOnlyList<Answer<SshProbe>>>(
                [.. routes.Select(_ => Answer<SshProbe>.None(source.Name, "xend does not go by ssh"))])
            : RouteProbes.TryAsync(source, routes, "ssh", (route, _) => SshProbe.Question(route.Address, route.Sharing), cancellationToken);
        Task<IReadOnlyList<Answer<RelocationProbe>>?> relocation = kind == ToolstackKind.Xend
            ? ProbeRelocationAsync(source, routes, hosts, cancellationToken)
            : Task.FromResult<IReadOnlyList<Answer<RelocationProbe>>?>(null);
        Task<IReadOnlyList<Answer<LibvirtProbe>>>? libvirt = isLibvirt
            ? RouteProbes.TryAsync(
                source, routes, "libvirt", (route, _) => LibvirtProbe.Question(source.Name, route.Address), cancellationToken)
            : null;
        await Task.WhenAll(ssh, relocation, libvirt ?? Task.CompletedTask).ConfigureAwait(false);

        HostFacts here = await hosts[source].ConfigureAwait(false);
        HostFacts[] there = await Task.WhenAll(routes.Select(route => hosts[route.Destination])).ConfigureAwait(false);
        IReadOnlyList<Answer<SshProbe>> bySsh = await ssh.ConfigureAwait(false);
        IReadOnlyList<Answer<RelocationProbe>>? byPort = await relocation.ConfigureAwait(false);
        IReadOnlyList<Answer<LibvirtProbe>>? byLibvirt = libvirt is null ? null : await libvirt.ConfigureAwait(false);
        return routes.Select((route, index) => (route, new PairFacts(here, there[index], route.Address, bySsh[index])
        {
            Moving = guests,
            Probe = byPort?[index],
            Libvirt = byLibvirt?[index],
        }));
    }

    /// <summary>Tries the usual port while the destinations are still asked for their own, and then those that are others.</summary>
    private static async Task<IReadOnlyList<Answer<RelocationProbe>>?> ProbeRelocationAsync(
        HostEnd source, IReadOnlyList<Route> routes, Dictionary<HostEnd, Task<HostFacts>> hosts, CancellationToken cancellationToken)
    {
        Answer<RelocationProbe>[] found = [.. await TryAsync(routes, _ => XendConfiguration.DefaultPort).ConfigureAwait(false)];
        HostFacts[] there = await Task.WhenAll(routes.Select(route => hosts[route.Destination])).ConfigureAwait(false);
        int Port(int index) => there[index].Relocation?.Configuration.Value?.RelocationPort ?? XendConfiguration.DefaultPort;

        int[] others = [.. Enumerable.Range(0, routes.Count).Where(index => Port(index) != XendConfiguration.DefaultPort)];
        IReadOnlyList<Answer<RelocationProbe>> own =
            await TryAsync([.. others.Select(index => routes[index])], index => Port(others[index])).ConfigureAwait(false);
        for (int index = 0; index < others.Length; index++)
        {
            found[others[index]] = own[index];
        }

        return found;

        Task<IReadOnlyList<Answer<RelocationProbe>>> TryAsync(IReadOnlyList<Route> some, Func<int, int> port) => RouteProbes.TryAsync(
            source, some, "nc", (route, index) => RelocationProbe.Question(route.Address, port(index)), cancellationToken);
    }

    /// <param name="end">The host.</param>
    /// <param name="wanted">What the guests have that it has to have too.</param>
    /// <param name="ids">The guests that are to leave it.</param>
    /// <param name="ours">Our clock.</param>
    /// <param name="timing">How long ago what is kept was told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private static async Task<HostFacts> AskAsync(
        HostEnd end,
        Wanted wanted,
        IReadOnlyList<int> ids,
        Func<DateTimeOffset> ours,
        Timing timing,
        CancellationToken cancellationToken)
    {
        if (end.Session is not { } host)
        {
            return HostFacts.Unreachable(end.Name, end.Problem ?? "there is no session");
        }

        try
        {
            KeptView kept = host.Kept.Look(timing.Elapsed());
            HostFacts found = await AskAsync(kept).ConfigureAwait(false);
            if (kept.Boot is not null && kept.Boot != found.BootId.Value)
            {
                // What is kept of another boot, or perhaps of another machine, says nothing of this one.
                found = await AskAsync(kept: null).ConfigureAwait(false);
            }

            return found with
            {
                Identity = host.Information.Identity,
                Nodes = await DiskNodes.AskAsync(host.Shell, end.Name, found.Guests.Value ?? [], wanted, ids, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (XenMigrateException e)
        {
            return HostFacts.Unreachable(end.Name, e.Message);
        }

        async Task<HostFacts> AskAsync(KeptView? kept)
        {
            Survey survey = new(host.Shell, kept);
            ClockSurvey clock = new(survey, end.Name, ours);
            Func<HostFacts> facts = HostFacts.Ask(survey, end.Name, host.Toolstack, clock, wanted, ids);
            await clock.RunAsync(cancellationToken).ConfigureAwait(false);
            HostFacts found = facts();
            if (found.BootId.Value is { } boot)
            {
                host.Kept.Keep(boot, timing.Elapsed(), survey.Told);
            }

            return found;
        }
    }
}

/// <summary>A host with its session, or the reason why it has none.</summary>
internal sealed record HostEnd(string Name, HostSession? Session, string? Problem = null)
{
    /// <summary>The host as journals know it.</summary>
    public NamedHost Named => Session?.Named ?? Name;

    public static implicit operator HostEnd(HostSession host) => new(host.ComputerName, host);
}
