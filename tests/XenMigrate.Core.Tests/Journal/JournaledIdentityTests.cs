namespace XenMigrate.Tests;

/// <summary>A journal tells of machines and not of names: another machine of the name is none of its business, the same one by another name is.</summary>
public sealed class JournaledIdentityTests : IDisposable
{
    private static readonly NamedHost s_a = new("a", new("ia", "ha", "ka"));
    private static readonly NamedHost s_b = new("b", new("ib", "hb", "kb"));
    private static readonly NamedHost s_alias = s_a with { Name = "alias" };
    private static readonly NamedHost s_otherA = new("a", new("ix", "hx", "kx"));

    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;
    private readonly FakeTiming _timing = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_line_keeps_who_the_hosts_were()
    {
        JournalEntry[] entries =
        [
            Begun,
            new JournalEntry.DrainBegun(A.Uuid, DrainDirection.Out, s_a, SampleJournals.Process) { Number = 2, At = FakeTiming.Start },
            new JournalEntry.Leaving("web", A.Uuid, s_b, MigrationMode.Live) { Number = 3, At = FakeTiming.Start },
            new JournalEntry.Leaving("web", A.Uuid, "b", MigrationMode.Live) { Number = 4, At = FakeTiming.Start },
        ];

        Assert.Equal(entries, SampleJournals.Read(SampleJournals.Bytes(entries)).Entries);
    }

    [Fact]
    public void A_drain_is_the_machines_whatever_it_is_called()
    {
        Drain(DrainDirection.Out, s_a);

        Assert.NotNull(HostDrain.Read(_folder, s_a));
        Assert.NotNull(HostDrain.Read(_folder, s_alias));
        Assert.NotNull(HostDrain.Read(_folder, "a"));
        Assert.Null(HostDrain.Read(_folder, s_otherA));
        Assert.Null(HostDrain.Read(_folder, "alias"));
    }

    [Fact]
    public void A_drain_of_a_journal_that_tells_of_no_identity_is_found_by_the_name()
    {
        Drain(DrainDirection.Out, "a");

        Assert.NotNull(HostDrain.Read(_folder, s_a));
        Assert.NotNull(HostDrain.Read(_folder, s_otherA));
    }

    [Fact]
    public void Two_machines_of_one_name_are_drained_and_put_back_apart()
    {
        Drain(DrainDirection.Out, s_a);
        Drain(DrainDirection.Out, s_otherA);
        Assert.Equal(2, HostDrain.All(_folder).Count);

        Drain(DrainDirection.Back, s_alias);

        Assert.Null(HostDrain.Read(_folder, s_a));
        Assert.NotNull(HostDrain.Read(_folder, s_otherA));
    }

    [Fact]
    public void A_guest_comes_back_from_the_machine_that_it_went_to_and_from_no_other_of_that_name()
    {
        HostDrain drain = new() { Host = s_a, Guest = [new DrainedGuest("web", A.Uuid, s_b, MigrationMode.Live)] };
        (HostSession, IReadOnlyList<Guest>) Has(NamedHost host, params Guest[] guests) => (Session(host), guests);

        Assert.Single(ReturningGuests.Find(drain, [Has(s_a), Has(s_b with { Name = "alias" }, A.Guest())], _ => false).Away);
        (_, XenMigrateException error) = Assert.Single(ReturningGuests.Find(drain, [Has(s_a), Has(s_otherA with { Name = "b" })], _ => false).Problem);
        Assert.IsType<HostIsAnotherException>(error);
    }

    [Fact]
    public void Past_moves_are_those_of_the_machines()
    {
        Write(Begun, FakeTiming.Start);
        PastMoves past = new([_folder]);

        Assert.NotNull(past.Longest(s_a, s_b, MigrationMode.Live));
        Assert.NotNull(past.Longest(s_b, s_alias, MigrationMode.Live));
        Assert.NotNull(past.Longest("a", "b", MigrationMode.Live));
        Assert.Null(past.Longest(s_otherA, s_b, MigrationMode.Live));
    }

    [Fact]
    public void A_guest_that_is_only_known_by_name_is_not_one_of_another_machine_that_was_called_so()
    {
        string path = Write(Begun, FakeTiming.Start);
        MoveTrace Named(NamedHost source) => new("web", null, source.Name, "b") { From = source };

        Assert.Equal((path, s_a), (Find(Named("a")).LogPath, Find(Named("a")).From));
        Assert.Equal(path, Find(Named(s_alias)).LogPath);
        Assert.Null(Find(Named(s_otherA)).LogPath);
    }

    [Fact]
    public void What_hosts_show_is_joined_with_the_journals_of_these_machines()
    {
        GuestMigration move = JournalFolder.Read(Write(Begun, FakeTiming.Start));
        HostMoves others = new([new HostTraces("a", [], [], null, null) { Known = s_otherA }]);

        Assert.NotNull(new HostMoves([new HostTraces("alias", [], [], null, null) { Known = s_alias }]).Join(move));
        Assert.Null(others.Join(move));
        Assert.Equal(1, others.OfNamesakes);
    }

    [Fact]
    public async Task A_move_is_not_repaired_on_another_machine_that_is_called_so()
    {
        MoveTrace trace = MoveTrace.Of(JournalFolder.Read(Write(Begun, FakeTiming.Start)));
        FakeShell untouched = new("a");
        MoveRepairer repairer = new(trace, Session(s_otherA, untouched), Session(s_b), _timing.Timing);

        HostIsAnotherException e = await Assert.ThrowsAsync<HostIsAnotherException>(
            () => repairer.RepairAsync(_ => Task.FromResult(RepairConsent.Given), CancellationToken.None));

        Assert.Equal("a", e.Host);
        Assert.Empty(untouched.Executions);
    }

    private static JournalEntry.Begun Begun => SampleJournals.Begun with
    {
        Number = 1, At = FakeTiming.Start, SourceIdentity = s_a.Identity, DestinationIdentity = s_b.Identity,
    };

    private MoveTrace Find(MoveTrace trace) => JournaledTrace.Find(trace, _folder).Trace;

    private static HostSession Session(NamedHost host, IHostShell? shell = null) => new(
        shell ?? new FakeShell(host.Name),
        A.Host(new FakeShell(host.Name)).Toolstack,
        new HostInformation("4.17.5", 1151, 735, "cpu", "credit2", "", TimeSpan.Zero) { Identity = host.Identity },
        FakeTiming.Start);

    private void Drain(DrainDirection direction, NamedHost host)
    {
        _timing.Advance(TimeSpan.FromSeconds(1));
        using DrainJournal journal = DrainJournal.Begin(
            _folder, Guid.NewGuid(), host, _timing.Timing, direction == DrainDirection.Back ? HostDrain.Read(_folder, host) : null);
        journal.End(isComplete: true);
    }

    private string Write(JournalEntry.Begun begun, DateTimeOffset at)
    {
        JournalEntry[] entries =
        [
            begun,
            new JournalEntry.Stepped(MigrationStep.Checking) { At = at },
            new JournalEntry.Stepped(MigrationStep.CopyingMemory) { At = at },
            new JournalEntry.Stepped(MigrationStep.Reconciling) { At = at + TimeSpan.FromSeconds(5) },
            SampleJournals.Ended with { At = at + TimeSpan.FromSeconds(6) },
        ];
        string path = JournalFolder.NewPath(_folder, Guid.NewGuid(), at);
        File.WriteAllBytes(path, SampleJournals.Bytes(entries.Select((entry, i) => entry with { Number = i + 1 })));
        return path;
    }
}
