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
    /// <param name="guests">The guests as they were listed; each is looked at again.</param>
    public static async Task<IReadOnlyList<CheckResult>> TestAsync(
        HostEnd source, HostEnd destination, IReadOnlyList<Guest> guests, CancellationToken cancellationToken)
    {
        PairFacts facts = await FactCollector
            .CollectAsync(source, destination, destination.Name, guests, cancellationToken)
            .ConfigureAwait(false);

        return
        [
            .. CheckRunner.Examine(facts, CheckSelection.Everything),
            .. guests.SelectMany(guest => CheckRunner.Examine(facts, guest, new Moving(Live: true), CheckSelection.Everything)),
        ];
    }
}
