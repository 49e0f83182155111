namespace XenMigrate.Tests;

public class GuestMigrationTests
{
    private static readonly JournalEntry[] s_entries = [.. SampleJournals.Entries(FakeTiming.Start)];

    [Fact]
    public void A_move_that_ended_tells_how()
    {
        GuestMigration move = Of(s_entries, alive: false);

        Assert.Equal(JournalState.Finished, move.State);
        Assert.Equal((MigrationOutcome.Succeeded, "b", "The guest runs at b."), (move.Outcome, move.ComputerName, move.Message));
        Assert.Equal((FakeTiming.Start, FakeTiming.Start + TimeSpan.FromSeconds(9)), (move.BeganAt, move.EndedAt));
        Assert.Equal(MigrationStep.CopyingMemory, move.Step);
        Assert.Empty(move.OpenCommand);
    }

    [Theory]
    [InlineData(true, JournalState.InFlight)]
    [InlineData(false, JournalState.Abandoned)]
    [InlineData(null, JournalState.Unknown)]
    public void What_is_seen_of_its_process_decides_and_no_clock(bool? alive, JournalState state)
    {
        GuestMigration move = Of(s_entries[..8], alive);

        Assert.Equal(state, move.State);
        Assert.Equal(["a: xl migrate web b"], move.OpenCommand);
    }

    [Fact]
    public void This_process_is_alive_and_one_of_another_time_is_not()
    {
        JournalProcess me = JournalProcess.Current();

        Assert.True(me.IsAlive());
        Assert.False((me with { Mark = null, StartedAt = me.StartedAt.AddMinutes(-5) }).IsAlive());
        Assert.Null((me with { Machine = "elsewhere" }).IsAlive());
    }

    [PosixFact]
    public void A_clock_that_was_set_makes_no_process_look_dead()
    {
        JournalProcess me = JournalProcess.Current();

        Assert.True((me with { StartedAt = me.StartedAt.AddHours(-1) }).IsAlive());
        Assert.False((me with { Mark = me.Mark + "0" }).IsAlive());
    }

    private static GuestMigration Of(JournalEntry[] entries, bool? alive) => GuestMigration.Of(
        "f", SampleJournals.Read(SampleJournals.Bytes(entries)), _ => alive);
}
