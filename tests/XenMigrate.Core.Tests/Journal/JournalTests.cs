namespace XenMigrate.Tests;

public sealed class JournalTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "xenmigrate-" + Guid.NewGuid().ToString("N"));
    private readonly FakeTiming _timing = new();

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void What_was_written_is_read()
    {
        JournalEntry[] entries = [.. SampleJournals.Entries(FakeTiming.Start)];
        using (JournalWriter writer = Create())
        {
            foreach (JournalEntry entry in entries)
            {
                writer.Write(entry with { At = default });
                _timing.Advance(TimeSpan.FromSeconds(1));
            }
        }

        JournalContent content = JournalReader.Read(Assert.Single(JournalFolder.Find(_folder)));

        Assert.Equal(
            entries.Select((entry, i) => entry with { Number = i + 1, At = FakeTiming.Start + TimeSpan.FromSeconds(i) }), content.Entries);
        Assert.Null(content.Damage);
    }

    [Fact]
    public void A_journal_can_be_read_while_it_is_written()
    {
        using JournalWriter writer = Create();
        writer.Write(SampleJournals.Begun);

        Assert.Equal("web", JournalReader.Read(writer.Path).Begun!.Guest);
    }

    [Fact]
    public void Threads_that_write_at_once_write_whole_lines()
    {
        using (JournalWriter writer = Create())
        {
            _ = Parallel.For(0, 400, i => writer.Write(new JournalEntry.Decided(new string((char)('a' + (i % 26)), i))));
        }

        JournalContent content = JournalReader.Read(Assert.Single(JournalFolder.Find(_folder)));

        Assert.Equal(400, content.Entries.Count);
        Assert.Null(content.Damage);
    }

    [Fact]
    public void A_file_that_is_there_is_never_added_to()
    {
        string path = Path.Combine(_folder, "there.ndjson");
        _ = Directory.CreateDirectory(_folder);
        File.WriteAllText(path, "mine");

        JournalNotWrittenException e = Assert.Throws<JournalNotWrittenException>(() => JournalWriter.Create(path, _timing.Timing));

        Assert.Equal(path, e.Path);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void A_journal_that_is_closed_hears_nothing_more()
    {
        JournalWriter writer = Create();
        writer.Write(SampleJournals.Begun);
        writer.Dispose();

        writer.Write(new JournalEntry.Beat());
        writer.Dispose();

        Assert.Single(JournalReader.Read(writer.Path).Entries);
        Assert.Null(writer.Problem);
    }

    [Fact]
    public void A_journal_that_is_not_there_cannot_be_read() =>
        Assert.Throws<JournalNotReadException>(() => JournalReader.Read(Path.Combine(_folder, "none.ndjson")));

    [Fact]
    public void A_folder_that_is_not_there_has_no_journals() => Assert.Empty(JournalFolder.Find(_folder));

    [Fact]
    public void Journals_come_newest_first()
    {
        _ = Directory.CreateDirectory(_folder);
        string[] paths = [.. Enumerable.Range(0, 3).Select(day =>
            JournalFolder.NewPath(_folder, Guid.NewGuid(), FakeTiming.Start + TimeSpan.FromDays(day)))];
        Array.ForEach(paths, path => File.WriteAllText(path, ""));

        Assert.Equal(paths.Reverse(), JournalFolder.Find(_folder));
    }

    [Fact]
    public async Task As_long_as_something_is_done_the_heart_beats()
    {
        using SemaphoreSlim tick = new(0);
        Timing timing = new(_timing.Timing.Now, _timing.Timing.Elapsed, (time, token) =>
        {
            Assert.Equal(JournalHeartbeat.Interval, time);
            return tick.WaitAsync(token);
        });
        TaskCompletionSource<int> work = new();
        using JournalWriter writer = JournalWriter.Create(Path.Combine(_folder, "beat.ndjson"), timing);

        Task<int> all = JournalHeartbeat.DuringAsync(() => writer.Write(new JournalEntry.Beat()), timing, () => work.Task);
        _ = tick.Release(2);
        while (JournalReader.Read(writer.Path).Entries.Count < 2)
        {
            await Task.Yield();
        }

        work.SetResult(7);

        Assert.Equal(7, await all);
        Assert.All(JournalReader.Read(writer.Path).Entries, entry => Assert.IsType<JournalEntry.Beat>(entry));
    }

    private JournalWriter Create() =>
        JournalWriter.Create(JournalFolder.NewPath(_folder, Guid.NewGuid(), FakeTiming.Start), _timing.Timing);
}
