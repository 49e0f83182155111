using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Guests;
using XenMigrate.Hosts;
using XenMigrate.Relocation;
using XenMigrate.Toolstacks;
using XenMigrate.Toolstacks.Xl;

namespace XenMigrate.Environment.Facts;

/// <summary>
/// Asks both hosts at once, and each in one remote execution; a second one on the source, at the same time, tries the
/// way from there to the destination, and with xend a third if the destination has a port of its own.
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
        // One clock for both hosts, which nobody sets while they answer.
        DateTimeOffset start = timing.Now() - timing.Elapsed();
        DateTimeOffset Ours() => start + timing.Elapsed();

        Wanted wanted = Wanted.By(guests);
        Task<HostFacts> there = AskAsync(destination, wanted, ids: null, Ours, cancellationToken);
        Task<HostFacts> here = AskAsync(source, wanted, [.. guests.Select(guest => guest.Id).OfType<int>()], Ours, cancellationToken);
        bool isXend = source.Session?.Driver?.Kind == ToolstackKind.Xend;
        Task<Answer<SshProbe>> between = isXend
            ? Task.FromResult(Answer<SshProbe>.None(source.Name, "xend does not go by ssh"))
            : ProbeAsync(source, migrationAddress, "ssh", SshProbe.Question(migrationAddress), cancellationToken);
        Task<Answer<RelocationProbe>?> relocation = isXend
            ? ProbeRelocationAsync(source, migrationAddress, there, cancellationToken)
            : Task.FromResult<Answer<RelocationProbe>?>(null);
        Task<Answer<LibvirtProbe>>? libvirt = source.Session?.Driver?.Kind == ToolstackKind.Libvirt
            ? ProbeAsync(source, migrationAddress, "libvirt", LibvirtProbe.Question(source.Name, migrationAddress), cancellationToken)
            : null;
        await Task.WhenAll(here, there, between, relocation, libvirt ?? Task.CompletedTask).ConfigureAwait(false);

        return new PairFacts(
            await here.ConfigureAwait(false),
            await there.ConfigureAwait(false),
            migrationAddress,
            await between.ConfigureAwait(false))
        {
            Probe = await relocation.ConfigureAwait(false),
            Libvirt = libvirt is null ? null : await libvirt.ConfigureAwait(false),
        };
    }

    /// <summary>Tries the usual port while the destination is still asked for its own, and that one if it is another.</summary>
    private static async Task<Answer<RelocationProbe>?> ProbeRelocationAsync(
        HostEnd source, string address, Task<HostFacts> destination, CancellationToken cancellationToken)
    {
        Answer<RelocationProbe> usual = await TryAsync(XendConfiguration.DefaultPort).ConfigureAwait(false);
        HostFacts there = await destination.ConfigureAwait(false);
        int port = there.Relocation?.Configuration.Value?.RelocationPort ?? XendConfiguration.DefaultPort;
        return port == XendConfiguration.DefaultPort ? usual : await TryAsync(port).ConfigureAwait(false);

        Task<Answer<RelocationProbe>> TryAsync(int at) =>
            ProbeAsync(source, address, "nc", RelocationProbe.Question(address, at), cancellationToken);
    }

    /// <param name="end">The host.</param>
    /// <param name="wanted">What the guests have that it has to have too.</param>
    /// <param name="ids">The guests that are to leave it; null for the destination.</param>
    /// <param name="ours">Our clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private static async Task<HostFacts> AskAsync(
        HostEnd end,
        Wanted wanted,
        IReadOnlyList<int>? ids,
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
        Func<IReadOnlyDictionary<int, DomainFacts>> domains = DomainFacts.Ask(survey, end.Name, driver.Kind, ids ?? []);
        Func<Answer<CpuPolicies>>? policies = ids is null && driver.Kind != ToolstackKind.Xend
            ? survey.Add(CpuPolicies.Question(end.Name))
            : null;
        Dictionary<string, Func<Answer<DiskFile>>> disks = wanted.Files.ToDictionary(
            path => path,
            path => survey.Add(
                path.StartsWith("/dev/", StringComparison.Ordinal)
                    ? DiskFile.Question(end.Name, path)
                    : DiskFile.FileQuestion(end.Name, path)));

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
            BootId = bootId(),
            Xen = xen(),
            Guests = guests(),
            Bridges = bridges(),
            Mounts = mounts(),
            Addresses = addresses(),
            Machine = machine(),
            Policies = policies?.Invoke(),
            Domains = domains(),
            Relocation = relocation?.Invoke(),
            BridgeDetails = bridgeDetails(),
            Storage = storage(),
            Disks = disks.ToDictionary(disk => disk.Key, disk => disk.Value()),
        };
    }

    private static async Task<Answer<T>> ProbeAsync<T>(
        HostEnd source, string migrationAddress, string tool, Question<T> question, CancellationToken cancellationToken)
        where T : class
    {
        if (source.Session is not { } host)
        {
            return Answer<T>.None(source.Name, source.Problem ?? "there is no session");
        }

        if (!XlMigrate.IsAddress(migrationAddress))
        {
            return Answer<T>.None(source.Name, $"'{migrationAddress}' is no address that {tool} would take");
        }

        Survey survey = new(host.RequireShell());
        Func<Answer<T>> probe = survey.Add(question);
        try
        {
            await survey.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            return Answer<T>.None(source.Name, e.Message);
        }

        return probe();
    }
}

/// <summary>A host with its session, or the reason why it has none.</summary>
internal sealed record HostEnd(string Name, MigrationHost? Session, string? Problem = null)
{
    public static implicit operator HostEnd(MigrationHost host) => new(host.ComputerName, host);
}
