namespace XenMigrate.Tests;

/// <summary>Only the newest move of a guest may be settled.</summary>
public sealed class JournaledTraceTests : IDisposable
{
    private static readonly MoveTrace s_named = new("web", null, "A", "b");
    private static readonly JournalEntry s_untouched = new JournalEntry.Ended(null, null, null, "Somebody else works on web.") { Untouched = true };

    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;
    private int _minutes;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_name_finds_its_journal()
    {
        string path = Write("a", "b", MigrationMode.Offline);

        (MoveTrace trace, string? why) = Find(s_named);

        Assert.Equal((path, MigrationMode.Offline, A.Uuid, null), (trace.LogPath, trace.Mode, trace.Uuid, why));
    }

    [Fact]
    public void A_name_without_a_journal_is_settled_by_what_the_hosts_hold() => Assert.Equal((s_named, null), Find(s_named));

    [Fact]
    public void After_a_later_move_to_a_third_host_an_older_one_is_not_settled()
    {
        string older = Write("a", "b");
        string newer = Write("a", "c");

        Assert.Contains(newer, Find(s_named).Why, StringComparison.Ordinal);
        Assert.Contains("from a to c", Find(s_named with { LogPath = older }).Why, StringComparison.Ordinal);
        Assert.Null(Find(new MoveTrace("web", A.Uuid, "a", "c") { LogPath = newer }).Why);
    }

    [Fact]
    public void A_move_that_began_where_the_newest_known_one_ended_is_a_later_one_of_somebody_else()
    {
        _ = Write("a", "b", ended: SampleJournals.Ended);

        Assert.Equal((A.Uuid, null), (Find(new MoveTrace("web", null, "b", "a")).Trace.Uuid, Find(new MoveTrace("web", null, "b", "a")).Why));
        Assert.NotNull(Find(new MoveTrace("web", null, "a", "c")).Why);
    }

    [Fact]
    public void A_clock_that_was_set_back_does_not_make_an_older_move_the_newest()
    {
        string older = Write("a", "b");
        _minutes = -30;
        string newer = Write("a", "c");

        Assert.Equal([newer, older], JournalFolder.Find(_folder));
        Assert.Contains(newer, Find(s_named with { LogPath = older }).Why, StringComparison.Ordinal);
    }

    // What stands half done was left by the older one: by the newer one's mode and hosts it would never be settled.
    [Fact]
    public void A_later_move_that_touched_nothing_does_not_hide_the_one_that_did()
    {
        string older = Write("a", "b", MigrationMode.Offline);
        string there = Write("a", "b", ended: s_untouched);
        string elsewhere = Write("a", "c", ended: s_untouched);

        Assert.Equal((older, MigrationMode.Offline, null), (Find(s_named).Trace.LogPath, Find(s_named).Trace.Mode, Find(s_named).Why));
        Assert.All([there, elsewhere], path => Assert.Contains(older, Find(s_named with { LogPath = path }).Why, StringComparison.Ordinal));
    }

    [Fact]
    public void A_move_that_touched_nothing_is_its_own_where_no_other_is_known()
    {
        string path = Write("a", "b", ended: s_untouched);

        Assert.Equal((path, null), (Find(s_named).Trace.LogPath, Find(s_named).Why));
    }

    [Fact]
    public void Another_guests_later_move_does_not_matter()
    {
        string older = Write("a", "b");
        _ = Write("a", "c", guest: "db", uuid: Guid.NewGuid());

        Assert.Null(Find(s_named with { LogPath = older }).Why);
    }

    [Fact]
    public void A_move_that_does_not_say_between_which_hosts_is_not_settled() =>
        Assert.Contains("not known", Find(s_named with { Destination = "" }).Why, StringComparison.Ordinal);

    private (MoveTrace Trace, string? Why) Find(MoveTrace trace) => JournaledTrace.Find(trace, _folder);

    private string Write(string source, string destination, MigrationMode mode = MigrationMode.Live, string guest = "web", Guid? uuid = null, JournalEntry? ended = null)
    {
        string path = JournalFolder.NewPath(_folder, Guid.NewGuid(), FakeTiming.Start.AddMinutes(_minutes++));
        JournalEntry begun = SampleJournals.Begun with
        {
            Number = 1, At = FakeTiming.Start, Guest = guest, Uuid = uuid ?? A.Uuid, Source = source, Destination = destination, Mode = mode,
        };
        File.WriteAllBytes(path, SampleJournals.Bytes(
            ended is null ? [begun] : [begun, ended with { Number = 2, At = FakeTiming.Start }]));
        return path;
    }
}
