namespace XenMigrate.Tests;

/// <summary>What a repair takes from the journal of the move, and what it writes into it.</summary>
public sealed class RepairJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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
