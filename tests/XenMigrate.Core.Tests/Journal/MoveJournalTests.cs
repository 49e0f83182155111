namespace XenMigrate.Tests;

public sealed class MoveJournalTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), "xenmigrate-" + Guid.NewGuid().ToString("N") + ".ndjson");
    private readonly MoveJournal _journal = new(new FakeTiming().Timing);

    public MoveJournalTests() => _journal.Open(_path);

    public void Dispose()
    {
        _journal.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public async Task A_command_is_told_before_it_runs_and_after()
    {
        FakeShell shell = new FakeShell("a").Answers("xl list", "Name\n");

        _ = await new JournaledHostShell(shell, _journal).RunAsync(
            new RemoteCommand("xl", "list"), Timeout.InfiniteTimeSpan, null, CancellationToken.None);

        Assert.Equal(new JournalEntry.CommandBegun(1, "a", "xl list"), Entry<JournalEntry.CommandBegun>(0));
        Assert.Equal((1, 0), (Entry<JournalEntry.CommandEnded>(1).Command, Entry<JournalEntry.CommandEnded>(1).ExitCode));
    }

    [Fact]
    public void Each_step_is_told_once()
    {
        Reports<MigrationProgress> shown = new();
        JournaledProgress progress = new(shown, _journal);

        progress.Report(new MigrationProgress("web", MigrationStep.CopyingMemory, "1 %"));
        progress.Report(new MigrationProgress("web", MigrationStep.CopyingMemory, "2 %"));
        progress.Report(new MigrationProgress("web", MigrationStep.Suspended, "now"));

        Assert.Equal(3, shown.Values.Count);
        Assert.Equal(
            [MigrationStep.CopyingMemory, MigrationStep.Suspended],
            JournalReader.Read(_path).Entries.Cast<JournalEntry.Stepped>().Select(entry => entry.Step));
    }

    [Fact]
    public void The_beginning_says_who_goes_where_and_who_writes()
    {
        _journal.Begin(A.Uuid, A.Guest(), "a", "b", MigrationMode.Live, null);

        JournalEntry.Begun begun = Entry<JournalEntry.Begun>(0);
        Assert.Equal(("web", A.Uuid, "a", "b", MigrationMode.Live), (begun.Guest, begun.Uuid!.Value, begun.Source, begun.Destination, begun.Mode));
        Assert.True(begun.Writer.IsAlive());
    }

    [Fact]
    public void The_end_says_where_the_guest_is()
    {
        _journal.End(new MigrationResult
        {
            Name = "web", Source = "a", Destination = "b", ComputerName = "a", Outcome = MigrationOutcome.Aborted, Message = "stopped",
        });

        Assert.Equal((MigrationOutcome.Aborted, "a", "stopped"), Of(Entry<JournalEntry.Ended>(0)));
    }

    [Fact]
    public void What_was_said_before_there_is_a_file_comes_first_in_it()
    {
        using MoveJournal journal = new(new FakeTiming().Timing);
        journal.Decide("before");
        string path = _path + ".late";
        Assert.Null(journal.Path);

        try
        {
            journal.Open(path);
            journal.Open("somewhere else");
            journal.Decide("after");

            Assert.Equal(
                ["before", "after"], JournalReader.Read(path).Entries.Cast<JournalEntry.Decided>().Select(entry => entry.Text));
            Assert.Equal(path, journal.Path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static (MigrationOutcome?, string?, string?) Of(JournalEntry.Ended ended) => (ended.Outcome, ended.ComputerName, ended.Message);

    // As it was written: its number and time are the writer's.
    private T Entry<T>(int index)
        where T : JournalEntry =>
        Assert.IsType<T>(JournalReader.Read(_path).Entries[index] with { Number = 0, At = default });
}
