using System.Text.RegularExpressions;

namespace XenMigrate.Tests;

/// <summary>What holds for everything that two hosts can hold: every combination is tried.</summary>
public partial class VerdictTableTests
{
    private static readonly GuestState?[] s_states =
    [
        null, GuestState.Running, GuestState.Blocked, GuestState.Paused, GuestState.Suspended, GuestState.ShutDown,
        GuestState.Crashed, GuestState.Dying,
    ];

    private static readonly GuestState?[] s_fewStates = [null, GuestState.Running, GuestState.Paused, GuestState.Dying];

    private static readonly HostView[] s_sources = [.. Views("a", 10), HostView.Silent("a", "no route")];
    private static readonly HostView[] s_destinations = [.. Views("b", 20), HostView.Silent("b", "no route")];

    private static readonly Lazy<(HostView, HostView, Verdict)[]> s_table = new(() =>
        [.. s_sources.SelectMany(_ => s_destinations, (here, there) => (here, there, Verdict.Of(here, there)))]);

    [Fact]
    public void A_success_has_a_running_guest_at_the_destination_and_none_at_the_source() =>
        ForAll((source, destination, verdict) => verdict.Outcome != MigrationOutcome.Succeeded
            || (Lives(destination.Own) && !HasLiving(source) && source.Answered && verdict.Host == "b"));

    [Fact]
    public void A_guest_said_to_run_at_the_source_runs_there_and_nowhere_else() =>
        ForAll((source, destination, verdict) => verdict.Outcome != MigrationOutcome.FailedSourceRunning
            || ((Lives(source.Own) || Lives(source.MigratedAway)) && !HasLiving(destination) && verdict.Host == "a"));

    [Fact]
    public void A_guest_said_to_stand_still_at_the_source_is_there_and_runs_nowhere() =>
        ForAll((source, destination, verdict) => verdict.Outcome != MigrationOutcome.FailedSourceSuspended
            || ((source.Own ?? source.MigratedAway) is { Activity: not GuestState.Dying }
                && !HasLiving(source) && !HasLiving(destination) && verdict.Host == "a"));

    [Fact]
    public void Copies_that_run_on_both_hosts_leave_it_undetermined() =>
        ForAll((source, destination, verdict) => !HasLiving(source) || !HasLiving(destination)
            || verdict is { Outcome: MigrationOutcome.Undetermined, Host: null, Settled: false });

    [Fact]
    public void A_silent_host_leaves_it_undetermined_unless_the_source_runs_its_own_copy() =>
        ForAll((source, destination, verdict) => (source.Answered && destination.Answered) || Lives(source.Own)
            || verdict is { Outcome: MigrationOutcome.Undetermined, Host: null, Settled: false });

    [Fact]
    public void Nothing_is_settled_while_a_copy_is_being_taken_away() =>
        ForAll((source, destination, verdict) => !verdict.Settled
            || !Copies(source).Concat(Copies(destination)).Any(guest => guest.Activity == GuestState.Dying));

    [Fact]
    public void Whatever_needs_a_hand_comes_with_advice_that_names_a_host() =>
        ForAll((source, destination, verdict) =>
            verdict.Outcome is MigrationOutcome.Succeeded or MigrationOutcome.FailedSourceRunning
            || (verdict.Advice is { } advice && HostName().IsMatch(advice)));

    [Fact]
    public void Advice_never_names_a_copy_that_is_not_there() =>
        ForAll((_, _, verdict) => verdict.Advice is null || !CommandWithoutId().IsMatch(verdict.Advice));

    [GeneratedRegex(@"\b[ab]\b")]
    private static partial Regex HostName();

    [GeneratedRegex(@"xl (pause|unpause|destroy|resume|rename)(?! \d)")]
    private static partial Regex CommandWithoutId();

    private static void ForAll(Func<HostView, HostView, Verdict, bool> holds)
    {
        foreach ((HostView source, HostView destination, Verdict verdict) in s_table.Value)
        {
            if (!holds(source, destination, verdict))
            {
                Assert.Fail($"{source}; {destination}: {verdict}");
            }
        }
    }

    private static IEnumerable<HostView> Views(string host, int id) =>
        from own in s_states
        from incoming in s_fewStates
        from away in s_fewStates
        select A.View(
            host, Copy("web", id, own), Copy("web--incoming", id + 1, incoming), Copy("web--migratedaway", id + 2, away));

    private static Guest? Copy(string name, int id, GuestState? state) =>
        state is null ? null : A.Guest(name, id, state.Value);

    private static bool Lives(Guest? guest) => guest?.Activity is GuestState.Running or GuestState.Blocked;

    private static bool HasLiving(HostView view) => Copies(view).Any(Lives);

    private static IEnumerable<Guest> Copies(HostView view) =>
        new[] { view.Own, view.Incoming, view.MigratedAway }.OfType<Guest>();
}
