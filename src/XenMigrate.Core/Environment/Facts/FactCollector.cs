using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Guests;
using XenMigrate.Hosts;
using XenMigrate.Relocation;
using XenMigrate.SaveHelpers;
using XenMigrate.Toolstacks;

namespace XenMigrate.Environment.Facts;

/// <summary>
/// Asks all hosts at once, and each in one remote execution; a second one on a source, at the same time, tries the ways
/// from there to its destinations, and with xend a third if some of them have a port of their own.
/// </summary>
internal static class FactCollector
{
    public static async Task<PairFacts> CollectAsync(
        HostEnd source,
        HostEnd destination,
        string migrationAddress,
        IReadOnlyList<Guest> guests,
        Timing timing,
        CancellationToken cancellationToken)
    {
        Way way = new(source, destination, migrationAddress);
        return (await CollectAsync([way], guests, timing, cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>The facts of many ways. A host is asked once, however many of them begin or end there.</summary>
    /// <param name="ways">The guests are where the first one begins.</param>
    /// <param name="guests">What is to go.</param>
    /// <param name="timing">Our clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Those of each way, in order.</returns>
    public static async Task<IReadOnlyList<PairFacts>> CollectAsync(
        IReadOnlyList<Way> ways, IReadOnlyList<Guest> guests, Timing timing, CancellationToken cancellationToken)
    {
        // One clock for all hosts, which nobody sets while they answer.
        DateTimeOffset start = timing.Now() - timing.Elapsed();
        DateTimeOffset Ours() => start + timing.Elapsed();

        Wanted wanted = Wanted.By(guests);
        int[] leaving = [.. guests.Select(guest => guest.Id).OfType<int>()];
        using HostGate gate = new();
        Task<HostFacts> Ask(HostEnd end) => gate.EnterAsync(
            () => AskAsync(
                end, wanted, end.Equals(ways[0].Source) ? leaving : [], Ours, cancellationToken),
            cancellationToken);
        Dictionary<HostEnd, Task<HostFacts>> hosts = ways.Select(way => way.Destination).Concat(ways.Select(way => way.Source)).Distinct()
            .ToDictionary(end => end, Ask);

        Task<IEnumerable<(Way Way, PairFacts Facts)>>[] sources =
            [.. ways.GroupBy(way => way.Source).Select(from => CollectFromAsync(from.Key, [.. from.Distinct()], guests, hosts, cancellationToken))];
        await Task.WhenAll(sources.Concat<Task>(hosts.Values)).ConfigureAwait(false);

        Dictionary<Way, PairFacts> facts = (await Task.WhenAll(sources).ConfigureAwait(false))
            .SelectMany(found => found).ToDictionary(found => found.Way, found => found.Facts);
        return [.. ways.Select(way => facts[way])];
    }

    private static async Task<IEnumerable<(Way Way, PairFacts Facts)>> CollectFromAsync(
        HostEnd source,
        IReadOnlyList<Way> ways,
        IReadOnlyList<Guest> guests,
        Dictionary<HostEnd, Task<HostFacts>> hosts,
        CancellationToken cancellationToken)
    {
        ToolstackKind? kind = source.Session?.Driver?.Kind;
        // Whose the guests are counts, where a host has both.
        bool isLibvirt = guests.Count > 0 ? guests.Any(guest => guest.Toolstack == ToolstackKind.Libvirt) : kind == ToolstackKind.Libvirt;
        Task<IReadOnlyList<Answer<SshProbe>>> ssh = kind == ToolstackKind.Xend
            ? Task.FromResult<IReadOnlyList<Answer<SshProbe>>>(
                [.. ways.Select(_ => Answer<SshProbe>.None(source.Name, "xend does not go by ssh"))])
            : WayProbes.TryAsync(source, ways, "ssh", (way, _) => SshProbe.Question(way.Address), cancellationToken);
        Task<IReadOnlyList<Answer<RelocationProbe>>?> relocation = kind == ToolstackKind.Xend
            ? ProbeRelocationAsync(source, ways, hosts, cancellationToken)
            : Task.FromResult<IReadOnlyList<Answer<RelocationProbe>>?>(null);
        Task<IReadOnlyList<Answer<LibvirtProbe>>>? libvirt = isLibvirt
            ? WayProbes.TryAsync(
                source, ways, "libvirt", (way, _) => LibvirtProbe.Question(source.Name, way.Address), cancellationToken)
            : null;
        await Task.WhenAll(ssh, relocation, libvirt ?? Task.CompletedTask).ConfigureAwait(false);

        HostFacts here = await hosts[source].ConfigureAwait(false);
        HostFacts[] there = await Task.WhenAll(ways.Select(way => hosts[way.Destination])).ConfigureAwait(false);
        IReadOnlyList<Answer<SshProbe>> bySsh = await ssh.ConfigureAwait(false);
        IReadOnlyList<Answer<RelocationProbe>>? byPort = await relocation.ConfigureAwait(false);
        IReadOnlyList<Answer<LibvirtProbe>>? byLibvirt = libvirt is null ? null : await libvirt.ConfigureAwait(false);
        return ways.Select((way, index) => (way, new PairFacts(here, there[index], way.Address, bySsh[index])
        {
            Moving = guests,
            Probe = byPort?[index],
            Libvirt = byLibvirt?[index],
        }));
    }

    /// <summary>Tries the usual port while the destinations are still asked for their own, and then those that are others.</summary>
    private static async Task<IReadOnlyList<Answer<RelocationProbe>>?> ProbeRelocationAsync(
        HostEnd source, IReadOnlyList<Way> ways, Dictionary<HostEnd, Task<HostFacts>> hosts, CancellationToken cancellationToken)
    {
        Answer<RelocationProbe>[] found = [.. await TryAsync(ways, _ => XendConfiguration.DefaultPort).ConfigureAwait(false)];
        HostFacts[] there = await Task.WhenAll(ways.Select(way => hosts[way.Destination])).ConfigureAwait(false);
        int Port(int index) => there[index].Relocation?.Configuration.Value?.RelocationPort ?? XendConfiguration.DefaultPort;

        int[] others = [.. Enumerable.Range(0, ways.Count).Where(index => Port(index) != XendConfiguration.DefaultPort)];
        IReadOnlyList<Answer<RelocationProbe>> own =
            await TryAsync([.. others.Select(index => ways[index])], index => Port(others[index])).ConfigureAwait(false);
        for (int index = 0; index < others.Length; index++)
        {
            found[others[index]] = own[index];
        }

        return found;

        Task<IReadOnlyList<Answer<RelocationProbe>>> TryAsync(IReadOnlyList<Way> some, Func<int, int> port) => WayProbes.TryAsync(
            source, some, "nc", (way, index) => RelocationProbe.Question(way.Address, port(index)), cancellationToken);
    }

    /// <param name="end">The host.</param>
    /// <param name="wanted">What the guests have that it has to have too.</param>
    /// <param name="ids">The guests that are to leave it.</param>
    /// <param name="ours">Our clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private static async Task<HostFacts> AskAsync(
        HostEnd end,
        Wanted wanted,
        IReadOnlyList<int> ids,
        Func<DateTimeOffset> ours,
        CancellationToken cancellationToken)
    {
        if (end.Session is not { } host)
        {
            return HostFacts.Unreachable(end.Name, end.Problem ?? "there is no session");
        }

        IToolstack driver = host.RequireDriver();
        Survey survey = new(host.RequireShell());
        ClockSurvey clock = new(survey, end.Name, ours);
        Func<MachineFacts> machine = MachineFacts.Ask(survey, end.Name, clock);
        Func<Answer<string>> bootId = survey.Add(BootId.Question);
        Func<Answer<XenInformation>> xen = survey.Add(driver.InformationQuestion(end.Name));
        Func<Answer<IReadOnlyList<Guest>>> guests = survey.Add(driver.ListQuestion(end.Name));
        Func<Answer<IReadOnlyList<string>>> bridges = survey.Add(Bridges.Question(end.Name));
        Func<Answer<IReadOnlyList<Mount>>> mounts = survey.Add(Mounts.Question(end.Name));
        Func<Answer<IReadOnlyList<string>>> addresses = survey.Add(Addresses.Question(end.Name));
        Func<RelocationFacts>? relocation = driver.Kind == ToolstackKind.Xend ? RelocationFacts.Ask(survey, end.Name) : null;
        Func<Answer<IReadOnlyDictionary<string, BridgeDetails>>> bridgeDetails =
            survey.Add(BridgeDetailsQuestion.Of(end.Name, wanted.Bridges));
        Func<StorageFacts> storage = StorageFacts.Ask(survey, end.Name, wanted.Disks);
        Func<IReadOnlyDictionary<int, DomainFacts>> domains = DomainFacts.Ask(survey, end.Name, driver.Kind, ids);
        Func<Answer<CpuPolicies>>? policies = driver.Kind != ToolstackKind.Xend
            ? survey.Add(CpuPolicies.Question(end.Name))
            : null;
        Func<Answer<AutoBallooning>>? ballooning = driver.Kind != ToolstackKind.Xend
            ? survey.Add(AutoBallooning.Question(driver.Kind))
            : null;
        Func<Answer<HelperFindings>>? helpers = driver.Kind != ToolstackKind.Xend
            ? survey.Add(HelperQuestion.Of(end.Name))
            : null;
        Dictionary<string, Func<Answer<DiskFile>>> disks = wanted.Files.ToDictionary(
            path => path,
            path => survey.Add(DiskFile.Question(end.Name, path)));

        try
        {
            await clock.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            return HostFacts.Unreachable(end.Name, e.Message);
        }

        return new HostFacts
        {
            Host = end.Name,
            Toolstack = driver.Kind,
            ToolstackBeside = driver.Beside?.Kind,
            BootId = bootId(),
            Xen = xen(),
            Guests = guests(),
            Bridges = bridges(),
            Mounts = mounts(),
            Addresses = addresses(),
            Machine = machine(),
            Policies = policies?.Invoke(),
            AutoBallooning = ballooning?.Invoke(),
            Domains = domains(),
            Helpers = helpers?.Invoke(),
            Relocation = relocation?.Invoke(),
            BridgeDetails = bridgeDetails(),
            Storage = storage(),
            Disks = disks.ToDictionary(disk => disk.Key, disk => disk.Value()),
        };
    }
}

/// <summary>A host with its session, or the reason why it has none.</summary>
internal sealed record HostEnd(string Name, MigrationHost? Session, string? Problem = null)
{
    public static implicit operator HostEnd(MigrationHost host) => new(host.ComputerName, host);
}
