namespace XenMigrate.Tests;

/// <summary>What journals tell, and what hosts show.</summary>
public class HostMovesTests
{
    private static readonly GuestMigration s_abandoned = new()
    {
        Name = "web", Uuid = A.Uuid, Source = "a", Destination = "b", State = JournalState.Abandoned, LogPath = "/j/2",
    };

    [Fact]
    public void A_move_shows_what_its_hosts_hold()
    {
        HostMoves moves = new([Host("a", A.Guest("web--migratedaway", 5, GuestState.Suspended)), Host("b", A.Guest(id: 9, host: "b"))]);

        GuestMigration? move = moves.Join(s_abandoned);

        Assert.Equal(["a has web--migratedaway (id 5, Suspended)", "b has web (id 9, Blocked)"], move!.Found);
        Assert.Equal(JournalState.Abandoned, move.State);
        Assert.Empty(moves.Unknown());
    }

    [Fact]
    public void A_move_whose_tool_goes_on_without_us_is_in_flight()
    {
        HostMoves moves = new([Host("a", A.Guest()) with { Processes = ["xl migrate 7 c", "xl migrate 5 b"] }]);

        GuestMigration? move = moves.Join(s_abandoned);

        Assert.Equal((JournalState.InFlight, "'xl migrate 5 b' on a"), (move!.State, Assert.Single(move.UnderWay)));
    }

    [Theory]
    [InlineData(true, JournalState.InFlight)]
    [InlineData(false, JournalState.Abandoned)]
    public void Where_its_process_can_not_be_seen_the_hosts_tell_whether_it_is_worked_on(bool isHeld, JournalState state)
    {
        HeldLease lease = new(isHeld ? A.Uuid : Guid.NewGuid(), Guid.NewGuid(), "one@client, process 7");
        HostMoves moves = new([Host("a", A.Guest()) with { Notes = new() { Leases = [lease] } }, Host("b")]);

        GuestMigration? move = moves.Join(s_abandoned with { State = JournalState.Unknown });

        Assert.Equal(state, move!.State);
        Assert.Equal(isHeld ? ["one@client, process 7, on a"] : [], move.HeldBy);
    }

    [Fact]
    public void A_move_of_which_one_host_tells_nothing_stays_unknown()
    {
        HostMoves moves = new([Host("a", A.Guest()), new HostTraces("b", [], [], null, "it is on fire")]);

        Assert.Equal(JournalState.Unknown, moves.Join(s_abandoned with { State = JournalState.Unknown })!.State);
    }

    [Fact]
    public void A_move_between_other_hosts_is_left_out() => Assert.Null(new HostMoves([Host("c")]).Join(s_abandoned));

    [Fact]
    public void Only_the_newest_move_of_a_guest_shows_what_is_there_now()
    {
        HostMoves moves = new([Host("a", A.Guest())]);

        Assert.NotEmpty(moves.Join(s_abandoned)!.Found);
        Assert.Empty(moves.Join(s_abandoned with { LogPath = "/j/1" })!.Found);
    }

    [Fact]
    public void A_newer_move_that_touched_nothing_does_not_hide_what_an_older_one_left()
    {
        HostMoves moves = new([Host("a", A.Guest("web--migratedaway", 5, GuestState.Suspended)), Host("b")]);

        _ = moves.Join(s_abandoned with { LogPath = "/j/3", State = JournalState.Finished, TouchedNothing = true });

        Assert.NotEmpty(moves.Join(s_abandoned)!.Found);
    }

    [Fact]
    public void What_no_journal_knows_of_is_a_leftover()
    {
        HostMoves moves = new([
            Host("a", A.Guest(host: "a"), A.Guest("db--migratedaway", 7, GuestState.Suspended, uuid: Guid.Empty)),
            Host("b", A.Guest("web--incoming", 9, GuestState.Paused, host: "b")),
        ]);

        GuestMigration[] found = [.. moves.Unknown()];

        Assert.Equal(["db: a to , Leftover", "web: a to b, Leftover"], found.Select(move => $"{move}").Order());
        Assert.All(found, move => Assert.Equal("", move.LogPath));
    }

    [Fact]
    public void A_host_that_does_not_answer_is_told()
    {
        HostTraces silent = new("a", [], [], null, "it is on fire");

        Assert.Equal("a could not be asked (it is on fire)", Assert.Single(new HostMoves([silent]).Join(s_abandoned)!.Found));
    }

    private static HostTraces Host(string name, params Guest[] guests) => new(name, guests, [], null, null);
}
