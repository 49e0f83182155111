using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Guests;
using XenMigrate.Hosts;

namespace XenMigrate.Sessions;

/// <summary>
/// The guests' names on connected hosts, for tab completion: remembered for some seconds, and silent about any
/// failure, since a prompt is no place for an error.
/// </summary>
internal sealed class GuestNameCache(HostSessions sessions)
{
    private static readonly TimeSpan s_validity = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (DateTimeOffset ReadAt, IReadOnlyList<string> Names)> _known =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What tests set instead of waiting.</summary>
    public Func<DateTimeOffset> Clock { get; set; } = () => DateTimeOffset.UtcNow;

    /// <summary>The names on one host, or on all that have a session; what is not known in time is left out.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string? computerName)
    {
        using CancellationTokenSource patience = new(s_patience);
        IReadOnlyList<string>[] names = await Task.WhenAll(
            sessions.All
                .Where(host => computerName is null
                    || string.Equals(host.ComputerName, computerName, StringComparison.OrdinalIgnoreCase))
                .Select(host => ReadAsync(host, patience.Token))).ConfigureAwait(false);

        return
        [
            .. names.SelectMany(list => list)
                .Distinct(StringComparer.Ordinal)
                .OrderBy(name => name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private async Task<IReadOnlyList<string>> ReadAsync(MigrationHost host, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(host.ComputerName, out (DateTimeOffset ReadAt, IReadOnlyList<string> Names) known)
            && Clock() - known.ReadAt < s_validity)
        {
            return known.Names;
        }

        try
        {
            IReadOnlyList<Guest> guests =
                await host.RequireDriver().ListAsync(host.RequireShell(), cancellationToken).ConfigureAwait(false);
            string[] names = [.. guests.Where(guest => !guest.IsControlDomain).Select(guest => guest.Name)];
            _known[host.ComputerName] = (Clock(), names);
            return names;
        }
        catch (Exception e) when (e is XenMigrateException or OperationCanceledException or ObjectDisposedException)
        {
            return [];
        }
    }
}
