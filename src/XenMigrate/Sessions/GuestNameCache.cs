using System.Collections.Concurrent;

namespace XenMigrate.Sessions;

/// <summary>
/// The guests on connected hosts, for tab completion: remembered for some seconds, and silent about any failure, since
/// a prompt is no place for an error.
/// </summary>
internal sealed class GuestNameCache
{
    private static readonly TimeSpan s_validity = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset ReadAt, IReadOnlyList<Guest> Guests)> _known =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What tests set instead of waiting.</summary>
    public Func<DateTimeOffset> Clock { get; set; } = () => DateTimeOffset.UtcNow;

    /// <summary>The guests of these hosts by name; what is not known in time is left out.</summary>
    public async Task<IReadOnlyList<Guest>> ReadAsync(IReadOnlyList<HostSession> hosts, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guest>[] guests =
            await Task.WhenAll(hosts.Select(host => ReadAsync(host, cancellationToken))).ConfigureAwait(false);
        return [.. guests.SelectMany(list => list).OrderBy(guest => guest.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private async Task<IReadOnlyList<Guest>> ReadAsync(HostSession host, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(host.ComputerName, out (DateTimeOffset ReadAt, IReadOnlyList<Guest> Guests) known)
            && Clock() - known.ReadAt < s_validity)
        {
            return known.Guests;
        }

        try
        {
            IReadOnlyList<Guest> guests =
                await host.Toolstack.ListAsync(cancellationToken).ConfigureAwait(false);
            Guest[] own = [.. guests.Where(guest => !guest.IsControlDomain)];
            _known[host.ComputerName] = (Clock(), own);
            return own;
        }
        catch (Exception e) when (e is XenMigrateException or OperationCanceledException or ObjectDisposedException)
        {
            return [];
        }
    }
}
