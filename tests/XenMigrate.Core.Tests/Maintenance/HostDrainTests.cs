namespace XenMigrate.Tests;

public sealed class HostDrainTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;
    private readonly FakeTiming _timing = new();

    [Fact]
    public void A_host_that_nobody_emptied_is_in_service() => Assert.Null(HostDrain.Read(_folder, "a"));

    [Fact]
    public void What_left_is_remembered()
    {
        Out("a", complete: true, ("web", MigrationOutcome.Succeeded), ("db", MigrationOutcome.Succeeded));

        HostDrain drain = HostDrain.Read(_folder, "A")!;

        Assert.True(drain.IsEmpty);
        Assert.Equal(["web to b", "db to b"], drain.Guest.Select(guest => $"{guest.Name} to {guest.Destination}"));
        Assert.Null(HostDrain.Read(_folder, "b"));
    }

    [Theory]
    [InlineData(MigrationOutcome.Refused, false)]
    [InlineData(MigrationOutcome.FailedSourceRunning, false)]
    [InlineData(MigrationOutcome.FailedSourceSuspended, false)]
    [InlineData(MigrationOutcome.Aborted, false)]
    // Where it is, only the hosts can tell.
    [InlineData(MigrationOutcome.Undetermined, true)]
    [InlineData(null, true)]
    public void What_stayed_is_not_brought_back(MigrationOutcome? outcome, bool mayHaveLeft)
    {
        Out("a", complete: false, ("web", outcome));

        Assert.Equal(mayHaveLeft, HostDrain.Read(_folder, "a")!.Guest.Any(guest => guest.Name == "web"));
        Assert.False(HostDrain.Read(_folder, "a")!.IsEmpty);
    }

    [Fact]
    public void Emptied_twice_nothing_of_the_first_time_is_forgotten()
    {
        Out("a", complete: false, ("web", MigrationOutcome.Succeeded), ("db", MigrationOutcome.Aborted));
        Out("a", complete: true, ("db", MigrationOutcome.Succeeded));

        Assert.Equal(["web", "db"], HostDrain.Read(_folder, "a")!.Guest.Select(guest => guest.Name));
        Assert.True(HostDrain.Read(_folder, "a")!.IsEmpty);
    }

    [Fact]
    public void Who_left_while_the_host_was_being_filled_already_is_still_to_be_brought_back()
    {
        using DrainJournal emptying = DrainJournal.Begin(_folder, Guid.NewGuid(), "a", _timing.Timing);
        emptying.Leaves(Plan("web", "a"));
        emptying.Ends(Result("web", "a", MigrationOutcome.Succeeded));
        emptying.Leaves(Plan("db", "a"));
        HostDrain read = HostDrain.Read(_folder, "a")!;
        _timing.Advance(TimeSpan.FromSeconds(1));
        using (DrainJournal filling = DrainJournal.Begin(_folder, Guid.NewGuid(), "a", _timing.Timing, read))
        {
            filling.Ends(Result("web", "b", MigrationOutcome.Succeeded));
            filling.End(isComplete: true);
        }

        // Whatever the clock shows by then.
        emptying.Ends(Result("db", "a", MigrationOutcome.Succeeded));

        Assert.Equal(["db"], HostDrain.Read(_folder, "a")!.Guest.Select(guest => guest.Name));
    }

    [Fact]
    public void Who_is_refused_a_guest_that_somebody_else_moves_off_the_host_takes_it_from_no_list()
    {
        Out("a", complete: true, ("web", MigrationOutcome.Succeeded));
        _timing.Advance(TimeSpan.FromSeconds(1));
        using (DrainJournal refused = DrainJournal.Begin(_folder, Guid.NewGuid(), "a", _timing.Timing))
        {
            // It was agreed to, and then held by somebody else.
            refused.Leaves(Plan("web", "a"));
            refused.Ends(Result("web", "a", MigrationOutcome.Refused));
            refused.End(isComplete: false);
        }

        Assert.Equal(["web"], HostDrain.Read(_folder, "a")!.Guest.Select(guest => guest.Name));
    }

    [Fact]
    public void Whoever_was_killed_left_a_journal_that_tells_who_may_have_left()
    {
        Out("a", complete: null, ("web", MigrationOutcome.Succeeded), ("db", null));
        string path = Assert.Single(Directory.GetFiles(DrainFolder.Of(_folder)));
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. whole, .. "{\"v\":1,\"n\":"u8]);

        HostDrain drain = HostDrain.Read(_folder, "a")!;

        Assert.Equal(["web", "db"], drain.Guest.Select(guest => guest.Name));
        Assert.Contains("cut off", Assert.Single(drain.Damage));
    }

    [Fact]
    public void After_all_came_back_it_is_in_service()
    {
        Out("a", complete: true, ("web", MigrationOutcome.Succeeded));
        Back("a", complete: true, ("web", MigrationOutcome.Succeeded));

        Assert.Null(HostDrain.Read(_folder, "a"));
    }

    [Fact]
    public void Who_is_still_away_can_be_brought_back_later()
    {
        Out("a", complete: true, ("web", MigrationOutcome.Succeeded), ("db", MigrationOutcome.Succeeded));
        Back("a", complete: false, ("web", MigrationOutcome.Succeeded), ("db", MigrationOutcome.Refused));

        Assert.Equal(["db"], HostDrain.Read(_folder, "a")!.Guest.Select(guest => guest.Name));
    }

    [Fact]
    public void Moves_keep_their_own_journals_apart()
    {
        Out("a", complete: true, ("web", MigrationOutcome.Succeeded));

        Assert.Empty(JournalFolder.Find(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Out(string host, bool? complete, params (string Name, MigrationOutcome? Outcome)[] guests) =>
        Write(DrainDirection.Out, host, complete, guests);

    private void Back(string host, bool? complete, params (string Name, MigrationOutcome? Outcome)[] guests) =>
        Write(DrainDirection.Back, host, complete, guests);

    private void Write(DrainDirection direction, string host, bool? complete, (string Name, MigrationOutcome? Outcome)[] guests)
    {
        _timing.Advance(TimeSpan.FromSeconds(1));
        using DrainJournal journal = DrainJournal.Begin(
            _folder, Guid.NewGuid(), host, _timing.Timing, direction == DrainDirection.Back ? HostDrain.Read(_folder, host) : null);
        foreach ((string name, MigrationOutcome? outcome) in guests)
        {
            journal.Leaves(Plan(name, host));
            if (outcome is { } known)
            {
                journal.Ends(Result(name, host, known));
            }
        }

        if (complete is { } end)
        {
            journal.End(end);
        }
    }

    private static Guid Uuid(string name) => new(System.Text.Encoding.ASCII.GetBytes(name.PadRight(16)));

    private static MigrationPlan Plan(string name, string host) => new()
    {
        Guest = A.Guest(name, uuid: Uuid(name)),
        Source = host,
        Destination = "b",
        MigrationAddress = "b",
        Report = new MigrationReport { Source = host, Destination = "b" },
    };

    private static MigrationResult Result(string name, string host, MigrationOutcome outcome) =>
        new() { Name = name, Uuid = Uuid(name), Source = host, Destination = "b", Outcome = outcome };
}
