namespace XenMigrate.Tests.Fleet.Batches;

public class MoveTurnsTests
{
    private readonly FakeTiming _time = new();
    private readonly Reports<MigrationProgress> _progress = new();
    private readonly MoveTurns _turns;

    public MoveTurnsTests() => _turns = new MoveTurns(_time.Timing);

    [Fact(Timeout = 20000)]
    public async Task The_first_has_its_turn_at_once()
    {
        using MoveTurn first = Take();

        await first.ComeAsync();
    }

    [Fact(Timeout = 20000)]
    public async Task The_next_waits_until_the_transfer_of_the_one_before_it_begins()
    {
        using MoveTurn first = Take();
        using MoveTurn second = Take();
        Task turn = second.ComeAsync();

        first.Report(new MigrationProgress("web", MigrationStep.Checking, "Checking a and b"));
        Assert.False(turn.IsCompleted);

        first.Report(new MigrationProgress("web", MigrationStep.CopyingMemory, "Starting the transfer"));
        await turn;
        Assert.Equal(2, _progress.Values.Count);
    }

    [Fact(Timeout = 20000)]
    public async Task One_that_ends_before_it_begins_keeps_nobody_waiting_nor_lets_one_overtake()
    {
        using MoveTurn first = Take();
        MoveTurn second = Take();
        using MoveTurn third = Take();
        Task turn = third.ComeAsync();

        second.Dispose();
        Assert.False(turn.IsCompleted);

        first.Dispose();
        await turn;
    }

    [Fact(Timeout = 20000)]
    public async Task A_host_that_does_not_answer_keeps_others_waiting_for_a_while_only()
    {
        using MoveTurn silent = Take();
        using MoveTurn second = Take();
        Task turn = second.ComeAsync();

        _time.Advance(MoveTurn.Patience);

        await turn;
    }

    [Fact(Timeout = 20000)]
    public async Task A_person_takes_whatever_time_the_answer_needs()
    {
        using MoveTurn asked = Take();
        using MoveTurn second = Take();
        await asked.ComeAsync();
        Task turn = second.ComeAsync();

        _time.Advance(MoveTurn.Patience);
        Assert.False(turn.IsCompleted);

        asked.Dispose();
        await turn;
    }

    private MoveTurn Take() => _turns.Take(_progress);
}
