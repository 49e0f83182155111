namespace XenMigrate.Tests;

/// <summary>Moves that broke off are settled by two hosts that keep guests as xl would; the pair sees to the rule that never bends.</summary>
public sealed class MoveRepairerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_guest_that_arrived_loses_the_copy_it_left()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web", 'b');

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal((MigrationRepairOutcome.Settled, "b", null), (repair!.Outcome, repair.ComputerName, repair.Left));
        Assert.Equal(["a: xl destroy 6"], half.Pair.Changes);
        Assert.Contains("a has web--migratedaway (id 6, Suspended)", repair.Found);
        Assert.Contains("a has nothing of it", repair.Now);
        Assert.StartsWith("a: xl destroy 6 (Destroy web--migratedaway", Assert.Single(repair.Action), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_guest_that_was_never_given_away_wakes()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web--incoming", 'p', ran: false);
        half.Pair.Source.CanResume = true;

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal((MigrationRepairOutcome.Settled, "a"), (repair!.Outcome, repair.ComputerName));
        Assert.Equal(["a: xl resume 6", "b: xl destroy 9", "a: xl rename 6 web"], half.Pair.Changes);
    }

    [Fact]
    public async Task An_older_xl_wakes_it_by_a_save_that_fails()
    {
        HalfMoved half = new HalfMoved().OnA("web", 's').OnB("web--incoming", 'p', ran: false);

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal((MigrationRepairOutcome.Settled, "a", null), (repair!.Outcome, repair.ComputerName, repair.Left));
        Assert.Equal(["a: env LIBXL_SAVE_HELPER=/bin/false xl save -c 6 /dev/null", "b: xl destroy 9"], half.Pair.Changes);
    }

    [Fact]
    public async Task A_guest_that_did_not_wake_is_no_success()
    {
        HalfMoved half = new HalfMoved().OnA("web", 's');
        half.Pair.Plan = (_, _) => Fault.Lies;

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal((MigrationRepairOutcome.Failed, null), (repair!.Outcome, repair.ComputerName));
        Assert.IsType<GuestStateUnexpectedException>(repair.Error);
        Assert.Empty(repair.Action);
    }

    [Fact]
    public async Task Where_nobody_knows_how_to_wake_it_no_copy_is_destroyed()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web--incoming", 'p', ran: false);
        half.Pair.Source.CanResume = null;

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal(MigrationRepairOutcome.Left, repair!.Outcome);
        Assert.Contains("no command that is known to wake", repair.Left, StringComparison.Ordinal);
        Assert.Contains("4.20", repair.Remediation, StringComparison.Ordinal);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task A_copy_that_was_allowed_to_start_is_started()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web", 'p', ran: false);

        Assert.Equal("b", (await half.RepairAsync())!.ComputerName);
        Assert.Equal(["b: xl unpause 9", "a: xl destroy 6"], half.Pair.Changes);
    }

    [Fact]
    public async Task An_offline_move_that_broke_off_goes_back()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p').OnB("web", 'p', ran: false);

        Assert.Equal("a", (await half.RepairAsync())!.ComputerName);
        Assert.Equal(["a: xl unpause 6", "b: xl destroy 9", "a: xl rename 6 web"], half.Pair.Changes);
    }

    [Fact]
    public async Task A_guest_that_somebody_let_run_at_the_source_loses_the_copy_that_never_ran()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'b').OnB("web", 'p', ran: false);

        Assert.Equal("a", (await half.RepairAsync())!.ComputerName);
        Assert.Equal(["b: xl destroy 9", "a: xl rename 6 web"], half.Pair.Changes);
    }

    [Fact]
    public async Task What_libvirt_suspended_and_left_goes_once_the_guest_runs_at_the_destination()
    {
        HalfMoved half = new HalfMoved().OnA("web", 's').OnB("web", 'b');

        Assert.Equal("b", (await half.RepairAsync())!.ComputerName);
        Assert.Equal(["a: xl destroy 6"], half.Pair.Changes);
    }

    [Fact]
    public async Task What_libvirt_suspended_wakes_if_the_destination_waits_for_ever_to_be_let_run()
    {
        HalfMoved half = new HalfMoved().OnA("web", 's').OnB("web", 'p', ran: false);
        half.Pair.Source.CanResume = true;

        Assert.Equal("a", (await half.RepairAsync())!.ComputerName);
        Assert.Equal(["a: xl resume 6", "b: xl destroy 9"], half.Pair.Changes);
    }

    [Fact]
    public async Task While_virsh_may_still_let_it_run_nothing_is_touched()
    {
        HalfMoved half = new HalfMoved().OnA("web", 's').OnB("web", 'p', ran: false);
        half.Pair.Source.Processes = HalfMoved.Quiet + "  200 /usr/bin/virsh -q -c xen:///system migrate --live 6 xen+ssh://b/system?no_tty=1\n";

        Assert.Equal(MigrationRepairOutcome.Left, (await half.RepairAsync())!.Outcome);
        Assert.Empty(half.Pair.Changes);
    }

    // The last word of xl's handshake may be lost: then the guest runs at the destination, and may be lost there after it.
    [Fact]
    public async Task What_was_sent_to_a_host_that_has_it_no_more_is_not_woken_over_what_it_may_have_done_there()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's');
        half.Pair.Source.CanResume = true;

        MigrationRepair repair = (await half.RepairAsync())!;

        Assert.Equal((MigrationRepairOutcome.Left, null), (repair.Outcome, repair.ComputerName));
        Assert.Contains("nobody can tell whether it did", repair.Left, StringComparison.Ordinal);
        Assert.Contains("Only if you know that it ran nowhere else since", repair.Remediation, StringComparison.Ordinal);
        Assert.Contains("start the guest afresh from its configuration", repair.Remediation, StringComparison.Ordinal);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task A_guest_that_somebody_renamed_is_found_by_the_name_that_its_hosts_knew()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("shop", 'b');
        half.Uuid = null;
        LeaseHolder mover = new(Guid.NewGuid(), "one@client");
        _ = half.Pair.Destination.Leases.Run(LeaseCommands.Take(A.Uuid, mover, "web").Words);
        _ = half.Pair.Destination.Leases.Run(LeaseCommands.Release(A.Uuid, mover).Words);

        MigrationRepair repair = (await half.RepairAsync())!;

        Assert.Equal((MigrationRepairOutcome.Settled, "b", A.Uuid), (repair.Outcome, repair.ComputerName, repair.Uuid));
        Assert.Contains(repair.Found, text => text.Contains("renamed by somebody, it was web", StringComparison.Ordinal));
        Assert.Equal(["a: xl destroy 6"], half.Pair.Changes);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_told_with_those_that_are_there()
    {
        HalfMoved half = new();
        _ = half.Pair.Source.Add("shop");
        _ = half.Pair.Destination.Add("mail", uuid: Guid.NewGuid());
        half.Uuid = null;

        GuestNotFoundException error = await Assert.ThrowsAsync<GuestNotFoundException>(() => half.RepairAsync());

        Assert.Contains("No guest called web is known to a or b, and no journal tells of a move of it between them; a has shop, b has mail", error.Message);
    }

    [Fact]
    public async Task What_was_given_away_is_not_woken_if_a_third_host_has_the_guest()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p');
        SimulatedHost third = new("c", half.Pair, "33333333-3333-3333-3333-333333333333", "10.77.0.9", "");
        _ = third.Add("web");
        half.Pair.MostRunning = 1;

        MigrationRepair repair = (await half.RepairAsync(third: A.Host(third)))!;

        Assert.Equal((MigrationRepairOutcome.Left, null), (repair.Outcome, repair.ComputerName));
        Assert.Contains("c has web", repair.Left, StringComparison.Ordinal);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task A_third_host_without_the_guest_is_in_nobodys_way()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p');
        half.Pair.Source.CanResume = true;

        Assert.Equal("a", (await half.RepairAsync(third: A.Host(new SimulatedHost("c", half.Pair, "33333333-3333-3333-3333-333333333333", "10.77.0.9", ""))))!.ComputerName);
    }

    [Fact]
    public async Task A_paused_copy_that_ran_is_not_destroyed_although_the_guest_runs_elsewhere()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'b').OnB("web", 'p');

        Assert.Equal(MigrationRepairOutcome.Left, (await half.RepairAsync())!.Outcome);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task A_copy_that_ran_before_it_was_paused_is_not_destroyed()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p').OnB("web", 'p');

        Assert.Equal(MigrationRepairOutcome.Left, (await half.RepairAsync())!.Outcome);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task A_transfer_that_is_under_way_is_waited_for()
    {
        HalfMoved half = new HalfMoved().OnA("web", 'b').OnB("web--incoming", 'p', ran: false);
        half.Pair.Source.Processes = HalfMoved.Sending;

        MigrationRepair? repair = await half.RepairAsync(tell: text =>
        {
            if (text.Contains("xl migrate 5 b", StringComparison.Ordinal))
            {
                half.Pair.Source.Processes = HalfMoved.Quiet;
                half.Pair.Source.Guests.Clear();
                half.Pair.Destination.Guests[0] = half.Pair.Destination.Guests[0] with { Name = "web", State = 'b' };
            }
        });

        Assert.Equal((MigrationRepairOutcome.NothingToDo, "b"), (repair!.Outcome, repair.ComputerName));
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task A_transfer_that_takes_longer_is_left_alone()
    {
        HalfMoved half = new HalfMoved().OnA("web", 'b').OnB("web--incoming", 'p', ran: false);
        half.Pair.Source.Processes = HalfMoved.Sending;

        MigrationRepair? repair = await half.RepairAsync(patience: TimeSpan.FromSeconds(30));

        Assert.Equal(MigrationRepairOutcome.Left, repair!.Outcome);
        Assert.Contains("'xl migrate 5 b' on a", repair.Left, StringComparison.Ordinal);
        Assert.InRange(half.Pair.Timing.Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40));
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task Without_a_list_of_processes_nothing_is_touched()
    {
        HalfMoved half = new HalfMoved().OnA("web", 'b').OnB("web--incoming", 'p', ran: false);
        half.Pair.Destination.Processes = "\0\0garbage";

        MigrationRepair? repair = await half.RepairAsync();

        Assert.Equal(MigrationRepairOutcome.Left, repair!.Outcome);
        Assert.Contains("on b can't be told", repair.Left, StringComparison.Ordinal);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task While_a_host_is_silent_nothing_is_touched()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p');

        MigrationRepair? repair = await half.RepairAsync(destination: new HostEnd("b", null, "It is on fire."));

        Assert.Equal((MigrationRepairOutcome.Left, null), (repair!.Outcome, repair.ComputerName));
        Assert.Contains("b could not be asked (It is on fire.)", repair.Found);
        Assert.Contains("b can be asked", repair.Remediation, StringComparison.Ordinal);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task Who_says_no_to_one_step_has_none_done()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p').OnB("web--incoming", 'p', ran: false);

        MigrationRepair? repair = await half.RepairAsync(
            step => step.Action == CopyAction.Rename ? RepairConsent.Declined : RepairConsent.Given);

        Assert.Equal(MigrationRepairOutcome.Declined, repair!.Outcome);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task Who_only_wants_to_see_it_hears_all_steps_and_gets_no_result()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p').OnB("web--incoming", 'p', ran: false);
        List<string> shown = [];

        Assert.Null(await half.RepairAsync(step =>
        {
            shown.Add(step.Command);
            return RepairConsent.OnlyShown;
        }));
        Assert.Equal(["xl unpause 6", "xl destroy 9", "xl rename 6 web"], shown);
        Assert.Contains("a has web--migratedaway (id 6, Paused)", half.Told);
        Assert.Empty(half.Pair.Changes);
    }

    [Fact]
    public async Task What_changed_while_somebody_thought_about_it_is_not_touched()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web", 'b');

        MigrationRepair? repair = await half.RepairAsync(step =>
        {
            half.Pair.Destination.Guests.Clear();
            return RepairConsent.Given;
        });

        Assert.Equal(MigrationRepairOutcome.Failed, repair!.Outcome);
        Assert.IsType<GuestStateUnexpectedException>(repair.Error);
        Assert.Empty(half.Pair.Changes);
    }

    [Theory]
    [InlineData("Fails")]
    [InlineData("FailsAfterwards")]
    [InlineData("BreaksBefore")]
    [InlineData("BreaksAfter")]
    [InlineData("Lies")]
    public async Task Whichever_step_goes_wrong_a_second_repair_ends_it(string fault)
    {
        for (int step = 0; step < 3; step++)
        {
            HalfMoved half = new HalfMoved().OnA("web--migratedaway", 'p').OnB("web", 'p', ran: false);
            int wrong = step;
            half.Pair.Plan = (number, _) => number == wrong ? Enum.Parse<Fault>(fault) : Fault.None;

            _ = await half.RepairAsync();
            MigrationRepair? second = await half.RepairAsync();

            Assert.Equal("a", second!.ComputerName);
            Assert.True(second.Outcome is MigrationRepairOutcome.Settled or MigrationRepairOutcome.NothingToDo, $"{step}: {second.Left}");
            Assert.Equal("web", Assert.Single(half.Pair.Copies).Name);
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public async Task A_guest_that_somebody_holds_on_either_host_is_left_to_them(string where)
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web", 'b');
        SimulatedHost host = where == "a" ? half.Pair.Source : half.Pair.Destination;
        LeaseHolder mover = new(Guid.NewGuid(), "one@client, process 7, moves web");
        _ = host.Leases.Run(LeaseCommands.Take(A.Uuid, mover, "web").Words);

        MigrationRepair? refused = await half.RepairAsync(patience: TimeSpan.FromSeconds(10));
        MigrationRepair? settled = await half.RepairAsync(patience: TimeSpan.FromMinutes(3));

        Assert.Equal(MigrationRepairOutcome.Left, refused!.Outcome);
        Assert.Contains("one@client, process 7, moves web", refused.Left, StringComparison.Ordinal);
        // Nobody renewed it, so by the host's own time it has ended.
        Assert.Equal((MigrationRepairOutcome.Settled, "b"), (settled!.Outcome, settled.ComputerName));
    }

    [Fact]
    public async Task A_guest_that_somebody_took_while_the_question_was_open_is_left_to_them()
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web", 'b');

        MigrationRepair? repair = await half.RepairAsync(step =>
        {
            Assert.Equal("a", step.Host);
            _ = half.Pair.Destination.Leases.Run(LeaseCommands.Take(A.Uuid, new LeaseHolder(Guid.NewGuid(), "one@client"), "web").Words);
            return RepairConsent.Given;
        });

        Assert.Equal(MigrationRepairOutcome.Failed, repair!.Outcome);
        _ = Assert.IsType<GuestLeasedException>(repair.Error);
        Assert.Empty(half.Pair.Changes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_journal_of_a_settled_move_tells_its_end(bool isTorn)
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web", 'b');
        half.LogPath = Abandoned(isTorn);

        MigrationRepair? repair = await half.RepairAsync();

        GuestMigration journal = JournalFolder.Read(half.LogPath);
        Assert.Equal((MigrationStep.CopyingMemory, JournalState.Unknown), (repair!.Step, repair.State));
        Assert.Contains(repair.Found, text => text.Contains("'a: xl migrate web b' not ended", StringComparison.Ordinal));
        Assert.Equal((JournalState.Finished, MigrationOutcome.Succeeded, "b"), (journal.State, journal.Outcome, journal.ComputerName));
        Assert.Contains(journal.Decision, text => text.Contains("xl destroy 6", StringComparison.Ordinal));
        Assert.Equal(isTorn, journal.Damage is not null);
    }

    [Fact]
    public async Task The_journal_of_a_failed_move_tells_how_the_guest_was_woken()
    {
        HalfMoved half = new HalfMoved().OnA("web", 's');
        half.LogPath = Write(
        [
            .. SampleJournals.Entries(FakeTiming.Start - TimeSpan.FromHours(2)).Take(7),
            new JournalEntry.Ended(MigrationOutcome.FailedSourceSuspended, "a", "MigrationFailed", "It is suspended.") { Number = 8, At = FakeTiming.Start - TimeSpan.FromHours(2) },
        ]);

        MigrationRepair? repair = await half.RepairAsync();

        GuestMigration journal = JournalFolder.Read(half.LogPath);
        Assert.Equal(MigrationRepairOutcome.Settled, repair!.Outcome);
        Assert.Equal((JournalState.Finished, MigrationOutcome.FailedSourceRunning, "a"), (journal.State, journal.Outcome, journal.ComputerName));
        Assert.Contains(journal.Decision, text => text.Contains("LIBXL_SAVE_HELPER", StringComparison.Ordinal));
        Assert.Null(journal.Damage);
    }

    // libvirt's: only the journal tells that virsh failed before the destination had all of the guest.
    [Theory]
    [InlineData(null, MigrationRepairOutcome.Settled)]
    [InlineData("11111111-1111-1111-1111-111111111111", MigrationRepairOutcome.Settled)]
    [InlineData("99999999-9999-9999-9999-999999999999", MigrationRepairOutcome.Left)]
    public async Task A_journal_tells_nothing_of_a_copy_that_is_there_since_a_later_boot(string? boot, MigrationRepairOutcome outcome)
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's');
        JournalEntry[] began = [.. SampleJournals.Entries(FakeTiming.Start - TimeSpan.FromHours(2)).Take(7)];
        half.LogPath = Write(
        [
            .. began.Select(entry => entry is JournalEntry.Begun begun ? begun with { SourceBootId = boot } : entry),
            new JournalEntry.Ended(MigrationOutcome.FailedSourceSuspended, "a", null, "It is suspended.") { Number = 8, At = FakeTiming.Start - TimeSpan.FromHours(2) },
        ]);

        Assert.Equal(outcome, (await half.RepairAsync())!.Outcome);
    }

    // Its process may hang: what it holds on the hosts decides, and without that it takes no step any more.
    [Theory]
    [InlineData(true, MigrationRepairOutcome.Left)]
    [InlineData(false, MigrationRepairOutcome.Settled)]
    public async Task A_move_whose_process_lives_is_left_alone_as_long_as_it_holds_the_guest(bool holds, MigrationRepairOutcome outcome)
    {
        HalfMoved half = new HalfMoved().OnA("web--migratedaway", 's').OnB("web", 'b');
        half.LogPath = Write(SampleJournals.Entries(FakeTiming.Start).Take(7).Select(entry =>
            entry is JournalEntry.Begun begun ? begun with { Writer = JournalProcess.Current() } : entry));

        if (holds)
        {
            _ = half.Pair.Source.Leases.Run(LeaseCommands.Take(A.Uuid, new LeaseHolder(Guid.NewGuid(), "one@client"), "web").Words);
        }

        MigrationRepair? repair = await half.RepairAsync(patience: TimeSpan.FromSeconds(10));

        Assert.Equal((outcome, JournalState.InFlight), (repair!.Outcome, repair.State));
    }

    private string Abandoned(bool isTorn)
    {
        string path = Write(SampleJournals.Entries(FakeTiming.Start - TimeSpan.FromHours(2)).Take(7));
        if (isTorn)
        {
            File.AppendAllText(path, "{\"v\":1,\"n\":8,\"at");
        }

        return path;
    }

    private string Write(IEnumerable<JournalEntry> entries)
    {
        string path = JournalFolder.NewPath(_folder, Guid.NewGuid(), FakeTiming.Start);
        File.WriteAllBytes(path, SampleJournals.Bytes(entries));
        return path;
    }
}
