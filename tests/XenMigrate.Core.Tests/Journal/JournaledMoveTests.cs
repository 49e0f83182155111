namespace XenMigrate.Tests;

public sealed class JournaledMoveTests : IDisposable
{
    private static readonly MigrationResult s_result = new()
    {
        Name = "web", Source = "a", Destination = "b", ComputerName = "b", Outcome = MigrationOutcome.Succeeded,
    };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "xenmigrate-" + Guid.NewGuid().ToString("N"));
    private readonly Guid _batch = Guid.NewGuid();

    // A heart that beats by itself would beat for ever on a clock that moves when somebody waits.
    private readonly Timing _timing = new FakeTiming().Timing with { Delay = (_, token) => Task.Delay(Timeout.Infinite, token) };
    private readonly HostSession _source = A.Host(new FakeShell("a").Answers("xl migrate web b", ""));
    private readonly HostSession _destination = A.Host(new FakeShell("b"));
    private bool _agrees = true;

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_move_that_is_agreed_to_tells_all_of_itself()
    {
        MigrationResult? result = await RunAsync(MigrateAsync);

        Assert.Equal(Assert.Single(JournalFolder.Find(_folder)), result!.LogPath);
        GuestMigration told = Told(result.LogPath!);
        Assert.Equal(("web", "a", "b", JournalState.Finished), (told.Name, told.Source, told.Destination, told.State));
        Assert.Equal((MigrationOutcome.Succeeded, "b", _batch), (told.Outcome, told.ComputerName, told.Batch));
        Assert.Equal(MigrationStep.CopyingMemory, told.Step);
        Assert.Single(told.Decision);
        Assert.Null(told.Damage);
        Assert.Contains(
            JournalReader.Read(result.LogPath!).Entries, entry => entry is JournalEntry.CommandBegun { Host: "a", Text: "xl migrate web b" });
    }

    [Fact]
    public async Task Before_anything_is_touched_the_journal_says_what_will_be()
    {
        GuestMigration? then = null;

        _ = await RunAsync(async parts =>
        {
            _ = await parts.Confirm(Plan());
            then = Told(Assert.Single(JournalFolder.Find(_folder)));
            return s_result;
        });

        Assert.Equal(("web", JournalState.InFlight), (then!.Name, then.State));
    }

    [Fact]
    public async Task A_move_that_is_not_agreed_to_leaves_no_file()
    {
        _agrees = false;

        Assert.Null(await RunAsync(MigrateAsync));

        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public async Task A_move_that_the_checks_refuse_leaves_no_file()
    {
        MigrationResult? result = await RunAsync(_ => Task.FromResult<MigrationResult?>(s_result));

        Assert.Null(result!.LogPath);
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public async Task A_move_that_breaks_off_by_an_error_says_so_and_the_error_goes_on()
    {
        HostUnreachableException thrown = await Assert.ThrowsAsync<HostUnreachableException>(() => RunAsync(async parts =>
        {
            _ = await parts.Confirm(Plan());
            throw new HostUnreachableException("b", "no route");
        }));

        GuestMigration told = Told(Assert.Single(JournalFolder.Find(_folder)));
        Assert.Equal((JournalState.Finished, null, thrown.Message), (told.State, told.Outcome, told.Message));
        Assert.False(told.TouchedNothing);
    }

    [Fact]
    public async Task A_move_whose_first_act_is_refused_says_that_it_touched_nothing()
    {
        await Assert.ThrowsAsync<GuestLeasedException>(() => RunAsync(async parts =>
        {
            _ = await parts.Confirm(Plan());
            throw new GuestLeasedException("web", "a", "somebody@desk");
        }));

        Assert.True(Told(Assert.Single(JournalFolder.Find(_folder))).TouchedNothing);
    }

    [Fact]
    public async Task A_move_that_breaks_off_by_a_bug_is_not_over()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(async parts =>
        {
            _ = await parts.Confirm(Plan());
            throw new InvalidOperationException("a bug");
        }));

        Assert.Null(JournalReader.Read(Assert.Single(JournalFolder.Find(_folder))).Ended);
    }

    [Fact]
    public async Task Without_a_folder_there_is_no_journal()
    {
        MigrationResult? result = await new JournaledMove(null, _batch, _timing).RunAsync(Parts(), A.Guest(), MigrationMode.Live, MigrateAsync);

        Assert.NotNull(result!.BeganAt);
        Assert.Equal(s_result, result with { BeganAt = null, EndedAt = null });
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_keeps_the_move_from_beginning()
    {
        await File.WriteAllTextAsync(_folder, "a file");
        bool touched = false;
        try
        {
            await Assert.ThrowsAsync<JournalNotWrittenException>(() => RunAsync(async parts =>
            {
                _ = await parts.Confirm(Plan());
                touched = true;
                return s_result;
            }));
        }
        finally
        {
            File.Delete(_folder);
        }

        Assert.False(touched);
    }

    // A device that takes nothing, as a disk that is full.
    [PosixFact]
    public async Task A_journal_that_can_not_be_begun_on_a_full_disk_keeps_the_move_from_beginning()
    {
        bool touched = false;
        _ = Directory.CreateDirectory(_folder);
        JournaledMove move = new(_folder, _batch, _timing)
        {
            Create = (path, timing) =>
            {
                // By another name: what can't be written is removed again, and the device itself is everybody's.
                _ = File.CreateSymbolicLink(path, "/dev/full");
                return JournalWriter.Continue(path, 0, isTorn: false, timing);
            },
        };

        JournalNotWrittenException e = await Assert.ThrowsAsync<JournalNotWrittenException>(() => move.RunAsync(Parts(), A.Guest(), MigrationMode.Live, async parts =>
        {
            _ = await parts.Confirm(Plan());
            touched = true;
            return s_result;
        }));

        Assert.False(touched);
        Assert.Contains("No space left", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_journal_that_can_not_be_written_any_more_is_told_with_the_result()
    {
        JournalWriter? writer = null;
        JournaledMove move = new(_folder, _batch, _timing) { Create = (path, timing) => writer = JournalWriter.Create(path, timing) };

        MigrationResult? result = await move.RunAsync(Parts(), A.Guest(), MigrationMode.Live, async parts =>
        {
            _ = await parts.Confirm(Plan());
            writer!.Break("No space left on device");
            return await Task.FromResult(s_result);
        });

        Assert.Equal((MigrationOutcome.Succeeded, "No space left on device"), (result!.Outcome, result.LogProblem));
    }

    private static async Task<MigrationResult?> MigrateAsync(MoveParts parts)
    {
        if (!await parts.Confirm(Plan()))
        {
            return null;
        }

        parts.Progress?.Report(new MigrationProgress("web", MigrationStep.CopyingMemory, ""));
        _ = await parts.Source.Shell.RunAsync(
            new RemoteCommand("xl", "migrate", "web", "b"), Timeout.InfiniteTimeSpan, null, CancellationToken.None);
        return s_result;
    }

    private Task<MigrationResult?> RunAsync(Func<MoveParts, Task<MigrationResult?>> move) =>
        new JournaledMove(_folder, _batch, _timing).RunAsync(Parts(), A.Guest(), MigrationMode.Live, move);

    private MoveParts Parts() => new(_source, _destination, null, _ => Task.FromResult(_agrees));

    private static MigrationPlan Plan() => new()
    {
        Guest = A.Guest(),
        Source = "a",
        Destination = "b",
        MigrationAddress = "b",
        Report = new MigrationReport { Source = "a", Destination = "b" },
    };

    private static GuestMigration Told(string path) =>
        GuestMigration.Of(path, JournalReader.Read(path), process => process.IsAlive());
}
