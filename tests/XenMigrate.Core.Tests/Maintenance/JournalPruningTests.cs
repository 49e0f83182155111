namespace XenMigrate.Tests;

public sealed class JournalPruningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;
    private readonly FakeTiming _timing = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_older_than_ninety_days_goes()
    {
        _ = Write(daysAgo: 91);
        string kept = Write(daysAgo: 89);

        Prune();

        Assert.Equal([kept], Left());
    }

    [Fact]
    public void Of_too_many_the_oldest_go()
    {
        _ = Write(daysAgo: 3);
        string[] kept = [Write(daysAgo: 2), Write(daysAgo: 1)];

        new JournalPruning { Most = 2 }.Run(_folder, _timing.Timing.Now());

        Assert.Equal(kept, Left());
    }

    [Theory]
    [InlineData(MigrationOutcome.Undetermined)]
    [InlineData(null)]
    public void A_move_that_nobody_settled_is_kept(MigrationOutcome? outcome)
    {
        _ = Write(daysAgo: 100, outcome);

        Prune();

        Assert.Single(Left());
    }

    [Fact]
    public void What_this_process_has_begun_is_kept_however_many_there_are()
    {
        _ = Write(daysAgo: 0, outcome: null, JournalProcess.Current());

        new JournalPruning { Most = 0 }.Run(_folder, _timing.Timing.Now());

        Assert.Single(Left());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void What_left_a_host_is_kept_until_that_is_back_in_service(bool isBack, int left)
    {
        Guid operation = Guid.NewGuid();
        Drain(operation, DrainDirection.Out);
        if (isBack)
        {
            Drain(Guid.NewGuid(), DrainDirection.Back);
        }

        _ = Write(daysAgo: 100, batch: operation);

        Prune();

        Assert.Equal(left, Left().Length);
    }

    [Fact]
    public void What_is_no_journal_or_a_broken_one_is_left_alone()
    {
        string broken = Write(daysAgo: 100);
        File.AppendAllText(broken, "{");
        File.WriteAllText(Path.Combine(_folder, "mine.ndjson"), "");

        Prune();

        Assert.Equal(2, Left().Length);
    }

    private void Prune() => JournalPruning.Usual.Run(_folder, _timing.Timing.Now());

    private string[] Left() => [.. JournalFolder.Find(_folder).Reverse()];

    private string Write(
        int daysAgo, MigrationOutcome? outcome = MigrationOutcome.Succeeded, JournalProcess? writer = null, Guid? batch = null)
    {
        DateTimeOffset began = FakeTiming.Start - TimeSpan.FromDays(daysAgo);
        JournalEntry[] entries =
        [
            SampleJournals.Begun with { Batch = batch, Writer = writer ?? SampleJournals.Process },
            .. outcome is { } known ? [SampleJournals.Ended with { Outcome = known }] : Array.Empty<JournalEntry>(),
        ];
        string path = JournalFolder.NewPath(_folder, Guid.NewGuid(), began);
        File.WriteAllBytes(path, SampleJournals.Bytes(entries.Select((entry, i) => entry with { Number = i + 1, At = began })));
        return path;
    }

    private void Drain(Guid operation, DrainDirection direction)
    {
        _timing.Advance(TimeSpan.FromSeconds(1));
        using DrainJournal journal = DrainJournal.Begin(
            _folder, operation, "a", _timing.Timing, direction == DrainDirection.Back ? HostDrain.Read(_folder, "a") : null);
        journal.End(isComplete: true);
    }
}
