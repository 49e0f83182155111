using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using XenMigrate.Environment.Facts;
using XenMigrate.Guests;

namespace XenMigrate.Environment;

/// <summary>Checks two hosts, and guests of the first one against the second. Changes nothing but where it is told to.</summary>
internal static class EnvironmentTester
{
    /// <inheritdoc cref="TestAsync(HostEnd, HostEnd, IReadOnlyList{Guest}, CheckSettings, Timing, CancellationToken)"/>
    public static Task<IReadOnlyList<CheckResult>> TestAsync(
        HostEnd source, HostEnd destination, IReadOnlyList<Guest> guests, CancellationToken cancellationToken) =>
        TestAsync(source, destination, guests, new CheckSettings(), cancellationToken);

    /// <inheritdoc cref="TestAsync(HostEnd, HostEnd, IReadOnlyList{Guest}, CheckSettings, Timing, CancellationToken)"/>
    public static Task<IReadOnlyList<CheckResult>> TestAsync(
        HostEnd source, HostEnd destination, IReadOnlyList<Guest> guests, CheckSettings settings, CancellationToken cancellationToken) =>
        TestAsync(source, destination, guests, settings, Timing.Real, cancellationToken);

    /// <param name="guests">The guests as they were listed; each is judged as it is now.</param>
    /// <param name="settings">How strictly to judge.</param>
    /// <param name="timing">Our clock, against which theirs are measured.</param>
    /// <exception cref="GuestNotFoundException">One of them is gone.</exception>
    public static async Task<IReadOnlyList<CheckResult>> TestAsync(
        HostEnd source,
        HostEnd destination,
        IReadOnlyList<Guest> guests,
        CheckSettings settings,
        Timing timing,
        CancellationToken cancellationToken)
    {
        PairFacts facts = await FactCollector
            .CollectAsync(source, destination, destination.Name, guests, timing, cancellationToken)
            .ConfigureAwait(false);
        if (settings.IncludeWriteTest)
        {
            facts = facts with
            {
                Tokens = await TokenTest.Real.RunAsync(source, destination, guests, cancellationToken).ConfigureAwait(false),
            };
        }

        Moving moving = new(Live: true) { Settings = settings };
        return
        [
            .. CheckRunner.Examine(facts, moving, CheckSelection.Everything),
            .. guests.SelectMany(guest => facts.Current(guest) is { } now
                ? CheckRunner.Examine(facts, now, moving, CheckSelection.Everything)
                : throw new GuestNotFoundException(guest.Name, source.Name)),
        ];
    }
}
