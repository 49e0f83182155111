namespace XenMigrate.Tests;

public class VerdictTests
{
    [Fact]
    public void A_guest_that_runs_at_the_destination_alone_has_moved()
    {
        Verdict verdict = Verdict.Of(A.View("a"), A.View("b", own: A.Guest(id: 7)));

        Assert.Equal((MigrationOutcome.Succeeded, "b", true), (verdict.Outcome, verdict.Host, verdict.Settled));
        Assert.Null(verdict.Advice);
    }

    [Fact]
    public void A_guest_that_runs_at_the_source_under_its_own_name_was_never_given_away()
    {
        Verdict verdict = Verdict.Of(A.View("a", own: A.Guest()), A.View("b"));

        Assert.Equal((MigrationOutcome.FailedSourceRunning, "a", true), (verdict.Outcome, verdict.Host, verdict.Settled));
    }

    [Fact]
    public void A_source_that_runs_the_guest_settles_it_even_if_the_destination_is_silent()
    {
        Verdict verdict = Verdict.Of(A.View("a", own: A.Guest()), HostView.Silent("b", "no route"));

        Assert.Equal((MigrationOutcome.FailedSourceRunning, "a"), (verdict.Outcome, verdict.Host));
    }

    [Fact]
    public void A_source_of_xends_that_runs_the_guest_leaves_open_what_a_silent_destination_runs()
    {
        Verdict verdict = Verdict.Of(A.View("a", own: Xend(A.Guest())), HostView.Silent("b", "no route"));

        Assert.Equal((MigrationOutcome.Undetermined, (string?)null, false), (verdict.Outcome, verdict.Host, verdict.Settled));
        Assert.Contains("a runs the guest (id 5)", verdict.Advice, StringComparison.Ordinal);
        Assert.Contains("As soon as b can be asked", verdict.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("destroy", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_of_xends_that_runs_the_guest_has_it_if_the_destination_has_nothing()
    {
        Verdict verdict = Verdict.Of(A.View("a", own: Xend(A.Guest())), A.View("b"));

        Assert.Equal((MigrationOutcome.FailedSourceRunning, "a", true), (verdict.Outcome, verdict.Host, verdict.Settled));
    }

    [Fact]
    public void A_copy_that_xend_may_wake_beside_the_running_guest_is_looked_at_again()
    {
        Guest copy = Xend(A.Guest(id: 9, state: GuestState.Paused));

        Assert.False(Verdict.Of(A.View("a", own: Xend(A.Guest())), A.View("b", own: copy)).Settled);
        Assert.Equal(
            MigrationOutcome.Undetermined,
            Verdict.Of(A.View("a", own: Xend(A.Guest())), A.View("b", own: copy with { Activity = GuestState.Running })).Outcome);
    }

    [Fact]
    public void A_half_made_copy_beside_the_running_guest_is_looked_at_again_and_then_named()
    {
        Verdict verdict = Verdict.Of(
            A.View("a", own: A.Guest()), A.View("b", incoming: A.Guest("web--incoming", 9, GuestState.Paused)));

        Assert.Equal((MigrationOutcome.FailedSourceRunning, false), (verdict.Outcome, verdict.Settled));
        Assert.Contains("On b", verdict.Advice, StringComparison.Ordinal);
        Assert.Contains("xl destroy 9", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_paused_copy_beside_the_running_guest_is_named_too()
    {
        Verdict verdict = Verdict.Of(A.View("a", own: A.Guest()), A.View("b", own: A.Guest(id: 9, state: GuestState.Paused)));

        Assert.Equal((MigrationOutcome.FailedSourceRunning, false), (verdict.Outcome, verdict.Settled));
        Assert.Contains("xl destroy 9", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_of_a_guest_that_arrived_is_named_with_its_host()
    {
        Verdict verdict = Verdict.Of(
            A.View("a", away: A.Guest("web--migratedaway", 5, GuestState.Suspended)), A.View("b", own: A.Guest(id: 7)));

        Assert.Equal((MigrationOutcome.Succeeded, "b", false), (verdict.Outcome, verdict.Host, verdict.Settled));
        Assert.Contains("On a, its old copy is left: xl destroy 5", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_running_copies_are_never_a_success()
    {
        Verdict verdict = Verdict.Of(A.View("a", own: A.Guest()), A.View("b", own: A.Guest(id: 7)));

        Assert.Equal((MigrationOutcome.Undetermined, (string?)null), (verdict.Outcome, verdict.Host));
        Assert.Contains("xl pause 5 on a", verdict.Advice, StringComparison.Ordinal);
        Assert.Contains("xl pause 7 on b", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_away_copy_that_runs_is_a_running_copy()
    {
        Verdict verdict = Verdict.Of(
            A.View("a", away: A.Guest("web--migratedaway", 5, GuestState.Running)), A.View("b", own: A.Guest(id: 7)));

        Assert.Equal(MigrationOutcome.Undetermined, verdict.Outcome);
        Assert.Contains("xl pause 5 on a", verdict.Advice, StringComparison.Ordinal);
        Assert.Contains("xl pause 7 on b", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_half_made_copy_that_runs_is_a_running_copy()
    {
        Verdict verdict = Verdict.Of(
            A.View("a", own: A.Guest()), A.View("b", incoming: A.Guest("web--incoming", 9, GuestState.Running)));

        Assert.Equal(MigrationOutcome.Undetermined, verdict.Outcome);
        Assert.Contains("xl pause 9 on b", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_runs_under_the_wrong_name_at_the_source_gets_its_name_back()
    {
        Verdict verdict = Verdict.Of(A.View("a", away: A.Guest("web--migratedaway", 5, GuestState.Blocked)), A.View("b"));

        Assert.Equal((MigrationOutcome.FailedSourceRunning, "a"), (verdict.Outcome, verdict.Host));
        Assert.Contains("xl rename 5 web", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leftover_on_the_source_that_stands_still_does_not_unmake_the_success()
    {
        Verdict verdict = Verdict.Of(
            A.View("a", incoming: A.Guest("web--incoming", 4, GuestState.Paused)), A.View("b", own: A.Guest(id: 7)));

        Assert.Equal((MigrationOutcome.Succeeded, "b"), (verdict.Outcome, verdict.Host));
        Assert.Contains("xl destroy 4", verdict.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GuestState.Paused, "xl unpause 5")]
    [InlineData(GuestState.Suspended, "xl resume 5")]
    [InlineData(GuestState.Crashed, "Crashed")]
    public void A_source_copy_at_rest_comes_with_the_way_to_wake_it(GuestState state, string advice)
    {
        Verdict verdict = Verdict.Of(A.View("a", own: A.Guest(state: state)), A.View("b"));

        Assert.Equal((MigrationOutcome.FailedSourceSuspended, "a", true), (verdict.Outcome, verdict.Host, verdict.Settled));
        Assert.Contains("On a", verdict.Advice, StringComparison.Ordinal);
        Assert.Contains(advice, verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_away_copy_is_renamed_before_it_is_woken()
    {
        Verdict verdict = Verdict.Of(
            A.View("a", away: A.Guest("my web--migratedaway", 5, GuestState.Paused)), A.View("b"));

        Assert.Equal(MigrationOutcome.FailedSourceSuspended, verdict.Outcome);
        Assert.Contains("xl rename 5 'my web'; xl unpause 5", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_half_made_copy_is_destroyed_before_the_source_is_woken()
    {
        Verdict verdict = Verdict.Of(
            A.View("a", own: A.Guest(state: GuestState.Suspended)),
            A.View("b", incoming: A.Guest("web--incoming", 9, GuestState.Paused)));

        Assert.Equal((MigrationOutcome.FailedSourceSuspended, false), (verdict.Outcome, verdict.Settled));
        Assert.Contains("First, on b: xl destroy 9. Then, on a: xl resume 5", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_neither_host_has_is_looked_for_again_and_not_lost_silently()
    {
        Verdict verdict = Verdict.Of(A.View("a"), A.View("b"));

        Assert.Equal((MigrationOutcome.Undetermined, false), (verdict.Outcome, verdict.Settled));
        Assert.Contains("Neither a nor b", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_two_hosts_lost_is_looked_for_on_the_others_before_it_is_started()
    {
        Verdict verdict = Verdict.Of(HostView.Of("a", [Domain0], A.Guest()), HostView.Of("b", [Domain0], A.Guest()));

        Assert.Equal((MigrationOutcome.Undetermined, (string?)null), (verdict.Outcome, verdict.Host));
        Assert.Contains($"Get-Guest -Uuid {A.Uuid}. Only if none of them has it", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_may_be_there_without_showing_its_uuid_is_never_to_be_started()
    {
        Guest nameless = A.Guest("other", 8) with { Uuid = null };

        Verdict verdict = Verdict.Of(HostView.Of("a", [Domain0, nameless], A.Guest()), HostView.Of("b", [Domain0], A.Guest()));

        Assert.Contains("Start nothing before you know", verdict.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("Start-Guest", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_is_its_uuid_whatever_it_is_called()
    {
        Verdict moved = Verdict.Of(HostView.Of("a", [], A.Guest()), HostView.Of("b", [A.Guest("db", 7)], A.Guest()));
        Verdict twice = Verdict.Of(HostView.Of("a", [A.Guest("db")], A.Guest()), HostView.Of("b", [A.Guest(id: 7)], A.Guest()));
        Verdict here = Verdict.Of(HostView.Of("a", [A.Guest(), A.Guest("db", 6)], A.Guest()), HostView.Of("b", [], A.Guest()));

        Assert.Equal((MigrationOutcome.Succeeded, "b"), (moved.Outcome, moved.Host));
        Assert.Contains("xl pause 5 on a, xl pause 7 on b", twice.Advice, StringComparison.Ordinal);
        Assert.Contains("xl pause 5 on a, xl pause 6 on a", here.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("db", 5)]
    [InlineData("web", 6)]
    public void A_guest_that_somebody_changed_leaves_open_what_a_silent_destination_runs(string name, int id)
    {
        HostView source = HostView.Of("a", [A.Guest(name, id)], A.Guest());

        Assert.Equal(MigrationOutcome.Undetermined, Verdict.Of(source, HostView.Silent("b", "no route")).Outcome);
        Assert.Equal(MigrationOutcome.FailedSourceRunning, Verdict.Of(source, A.View("b")).Outcome);
    }

    [Fact]
    public void A_second_copy_at_rest_on_one_host_is_nothing_to_wake()
    {
        HostView source = HostView.Of("a", [A.Guest(state: GuestState.Paused), A.Guest("db", 6, GuestState.Paused)], A.Guest());

        Verdict verdict = Verdict.Of(source, A.View("b"));

        Assert.Equal(MigrationOutcome.Undetermined, verdict.Outcome);
        Assert.DoesNotContain("unpause", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_that_was_given_away_is_woken_only_if_the_guest_ran_nowhere_since()
    {
        Verdict verdict = Verdict.Of(A.View("a", away: A.Guest("web--migratedaway", 5, GuestState.Suspended)), A.View("b"));

        Assert.Contains("Only if you know that it ran nowhere else since", verdict.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_paused_guest_at_the_destination_alone_comes_with_the_way_to_wake_it()
    {
        Verdict verdict = Verdict.Of(A.View("a"), A.View("b", own: A.Guest(id: 7, state: GuestState.Paused)));

        Assert.Equal((MigrationOutcome.Undetermined, "b"), (verdict.Outcome, verdict.Host));
        Assert.Contains("xl unpause 7", verdict.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ToolstackKind.Xl, GuestState.Paused, true)]
    [InlineData(ToolstackKind.Xend, GuestState.Paused, false)]
    [InlineData(ToolstackKind.Xend, GuestState.Crashed, true)]
    public void A_copy_that_xend_has_yet_to_wake_is_looked_at_again(ToolstackKind toolstack, GuestState state, bool settled)
    {
        Verdict verdict = Verdict.Of(A.View("a"), A.View("b", own: A.Guest(id: 7, state: state) with { Toolstack = toolstack }));

        Assert.Equal(settled, verdict.Settled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_silent_host_is_named_and_nothing_may_start_before_it_answers(bool sourceIsSilent)
    {
        Verdict verdict = sourceIsSilent
            ? Verdict.Of(HostView.Silent("a", "no route"), A.View("b", own: A.Guest(id: 7)))
            : Verdict.Of(A.View("a", own: A.Guest(state: GuestState.Suspended)), HostView.Silent("b", "no route"));

        Assert.Equal((MigrationOutcome.Undetermined, false), (verdict.Outcome, verdict.Settled));
        Assert.Contains($"before {(sourceIsSilent ? "a" : "b")} can be asked", verdict.Advice, StringComparison.Ordinal);
    }

    private static Guest Domain0 { get; } = new() { Name = "Domain-0", Id = 0, ComputerName = "a" };

    private static Guest Xend(Guest guest) => guest with { Toolstack = ToolstackKind.Xend };
}
