using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Environment.Facts;
using XenMigrate.Guests;

namespace XenMigrate.Environment;

/// <summary>Checks two hosts, and guests of the first one against the second. Changes nothing.</summary>
internal static class EnvironmentTester
{
    /// <param name="guests">The guests as they were listed; each is judged as it is now.</param>
    /// <exception cref="GuestNotFoundException">One of them is gone.</exception>
    public static async Task<IReadOnlyList<CheckResult>> TestAsync(
        HostEnd source, HostEnd destination, IReadOnlyList<Guest> guests, CancellationToken cancellationToken)
    {
        PairFacts facts = await FactCollector
            .CollectAsync(source, destination, destination.Name, guests, cancellationToken)
            .ConfigureAwait(false);

        Moving moving = new(Live: true);
        return
        [
            .. CheckRunner.Examine(facts, moving, CheckSelection.Everything),
            .. guests.SelectMany(guest => facts.Current(guest) is { } now
                ? CheckRunner.Examine(facts, now, moving, CheckSelection.Everything)
                : throw new GuestNotFoundException(guest.Name, source.Name)),
        ];
    }
}
