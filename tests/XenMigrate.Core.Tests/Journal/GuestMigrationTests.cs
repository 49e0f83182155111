using XenMigrate.Journal;
using XenMigrate.Migration;

namespace XenMigrate.Tests;

public class GuestMigrationTests
{
    private static readonly JournalEntry[] s_entries = [.. SampleJournals.Entries(FakeTiming.Start)];

    [Fact]
    public void A_move_that_ended_tells_how()
    {
        GuestMigration move = Of(s_entries, TimeSpan.FromDays(30), alive: false);

        Assert.Equal(JournalState.Finished, move.State);
        Assert.Equal((MigrationOutcome.Succeeded, "b", "The guest runs at b."), (move.Outcome, move.ComputerName, move.Message));
        Assert.Equal((FakeTiming.Start, FakeTiming.Start + TimeSpan.FromSeconds(9)), (move.BeganAt, move.EndedAt));
        Assert.Equal(MigrationStep.CopyingMemory, move.Step);
        Assert.Empty(move.OpenCommand);
    }

    [Fact]
    public void A_move_whose_process_beats_is_in_flight() =>
        Assert.Equal(JournalState.InFlight, Of(s_entries[..8], TimeSpan.FromSeconds(60), alive: true).State);

    [Fact]
    public void A_move_whose_process_is_gone_is_abandoned_at_once_and_tells_what_ran()
    {
        GuestMigration move = Of(s_entries[..8], TimeSpan.FromSeconds(8), alive: false);

        Assert.Equal(JournalState.Abandoned, move.State);
        Assert.Equal(["a: xl migrate web b"], move.OpenCommand);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(null)]
    public void A_move_without_a_sign_for_a_minute_is_abandoned(bool? alive) =>
        Assert.Equal(JournalState.Abandoned, Of(s_entries[..8], TimeSpan.FromSeconds(68), alive).State);

    [Fact]
    public void On_another_machine_only_its_signs_are_seen() =>
        Assert.Equal(JournalState.InFlight, Of(s_entries[..8], TimeSpan.FromSeconds(60), alive: null).State);

    [Fact]
    public void This_process_is_alive_and_one_of_another_time_is_not()
    {
        JournalProcess me = JournalProcess.Current();

        Assert.True(me.IsAlive());
        Assert.False((me with { StartedAt = me.StartedAt.AddMinutes(-5) }).IsAlive());
        Assert.Null((me with { Machine = "elsewhere" }).IsAlive());
    }

    private static GuestMigration Of(JournalEntry[] entries, TimeSpan later, bool? alive) => GuestMigration.Of(
        "f", SampleJournals.Read(SampleJournals.Bytes(entries)), FakeTiming.Start + later, _ => alive);
}
