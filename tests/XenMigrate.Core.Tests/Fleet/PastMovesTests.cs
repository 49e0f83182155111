namespace XenMigrate.Tests;

public sealed class PastMovesTests : IDisposable
{
    private const long Mebibyte = 1 << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;
    private readonly FakeTiming _timing = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_last_three_between_two_hosts_give_their_rate()
    {
        Moved(day: 1, seconds: 1, bytes: 1000 * Mebibyte, pause: 60);
        Moved(day: 2, seconds: 4, bytes: 100 * Mebibyte, pause: 5);
        Moved(day: 3, seconds: 2, bytes: 100 * Mebibyte, pause: 7, source: "b", destination: "A");
        Moved(day: 4, seconds: 4, bytes: 100 * Mebibyte, pause: null);
        Moved(day: 5, seconds: 1, bytes: 900 * Mebibyte, pause: 1, destination: "c");

        Assert.Equal(new PastRate(3, 30.0 * Mebibyte, TimeSpan.FromSeconds(7)), Between("a", "b"));
    }

    [Fact]
    public void What_failed_or_does_not_tell_its_bytes_counts_for_nothing()
    {
        Moved(day: 1, seconds: 4, bytes: 100 * Mebibyte, pause: 5, outcome: MigrationOutcome.FailedSourceRunning);
        Moved(day: 2, seconds: 4, bytes: null, pause: 5);
        Moved(day: 3, seconds: 4, bytes: 100 * Mebibyte, pause: 5, mode: MigrationMode.Offline);
        File.WriteAllText(Path.Combine(_folder, "20260101-000000-000-0.ndjson"), "no journal\n");

        Assert.Null(Between("a", "b"));
    }

    [Fact]
    public void Of_moves_that_do_not_tell_their_bytes_the_longest_is_told()
    {
        Moved(day: 1, seconds: 9, bytes: null, pause: 9, mode: MigrationMode.Offline);
        Moved(day: 2, seconds: 2, bytes: null, pause: 2, mode: MigrationMode.Offline);
        PastMoves past = new([_folder]);

        Assert.Equal(TimeSpan.FromSeconds(9), past.Longest("b", "a", MigrationMode.Offline));
        Assert.Null(past.Longest("a", "b", MigrationMode.Live));
    }

    [Fact]
    public void What_moves_of_such_guests_stood_still_for_is_the_middle_of_the_last_three()
    {
        Moved(day: 1, seconds: 4, bytes: null, pause: 90, start: 88);
        Moved(day: 2, seconds: 4, bytes: null, pause: 5, start: 4);
        Moved(day: 3, seconds: 4, bytes: null, pause: 8, start: 6, source: "b", destination: "a");
        Moved(day: 4, seconds: 4, bytes: null, pause: 7, start: 5);
        Moved(day: 5, seconds: 4, bytes: null, pause: 2, start: 1, type: GuestType.PV);
        PastMoves past = new([_folder]);

        Assert.Equal(TimeSpan.FromSeconds(5), past.Downtime("a", "b", GuestType.HVM)!.Start);
        Assert.Equal(TimeSpan.FromSeconds(1), past.Downtime("a", "b", GuestType.PV)!.Start);
        Assert.Null(past.Downtime("a", "b", GuestType.PVH));
        Assert.Null(past.Downtime("a", "c", GuestType.HVM));
    }

    [Fact]
    public void The_rate_of_the_memory_is_that_of_moves_that_were_packed_alike_and_the_overhead_what_no_round_and_no_pause_took()
    {
        Moved(day: 1, seconds: 10, bytes: null, pause: 2, rate: 5e6, live: 5);
        Moved(day: 2, seconds: 12, bytes: null, pause: 2, rate: 9e6, live: 5, compression: StreamCompression.Zstd);
        PastMoves past = new([_folder]);

        Assert.Equal(5e6, past.MemoryRate("b", "a", StreamCompression.None));
        Assert.Equal(9e6, past.MemoryRate("a", "b", StreamCompression.Zstd));
        Assert.Null(past.MemoryRate("a", "b", StreamCompression.ZeroPages));
        Assert.Equal(TimeSpan.FromSeconds(5), past.Overhead("a", "b"));
        Assert.Null(past.Overhead("a", "c"));
    }

    [Fact]
    public void Without_journals_there_is_nothing_to_tell()
    {
        Assert.Null(PastMoves.None.Between("a", "b", MigrationMode.Live));
        Assert.Null(new PastMoves([Path.Combine(_folder, "none")]).Between("a", "b", MigrationMode.Live));
    }

    [Fact]
    public async Task A_plan_without_a_rate_is_told_by_theirs()
    {
        Moved(day: 1, seconds: 4, bytes: 100 * Mebibyte, pause: 5);
        MigrationPlan plan = new()
        {
            Guest = A.Guest("web") with { MemoryMB = 250, MaximumMemoryMB = 250 },
            Source = "a",
            Destination = "b",
            MigrationAddress = "b",
            Mode = MigrationMode.Live,
            Facts = Facts.AtDestination(host => host with { Xen = Facts.Known("b", host.Xen.Value! with { FreeMemoryMB = 4096 }) }),
            Report = new MigrationReport { Source = "a", Destination = "b" },
        };

        Assert.Equal(
            "1. Live-migrate to b; time: about 10 s, for 250 MiB at the 25 MiB/s of the last move between these hosts; "
                + "pause: 5 s at most in the last move between these hosts",
            await new MoveRehearsal(new PastMoves([_folder]), null, CancellationToken.None).NextAsync(plan));
    }

    private PastRate? Between(string source, string destination) =>
        new PastMoves([_folder]).Between(source, destination, MigrationMode.Live);

    private void Moved(
        int day,
        double seconds,
        long? bytes,
        double? pause,
        string source = "a",
        string destination = "b",
        MigrationMode mode = MigrationMode.Live,
        MigrationOutcome outcome = MigrationOutcome.Succeeded,
        double? start = null,
        GuestType type = GuestType.HVM,
        double? rate = null,
        double? live = null,
        StreamCompression compression = StreamCompression.None)
    {
        DateTimeOffset began = FakeTiming.Start - TimeSpan.FromDays(30 - day);
        DateTimeOffset ended = began + TimeSpan.FromSeconds(5 + seconds);
        JournalEntry[] entries =
        [
            SampleJournals.Begun with { Source = source, Destination = destination, Mode = mode, Type = type, Compression = compression, At = began },
            new JournalEntry.Stepped(MigrationStep.Checking) { At = began },
            new JournalEntry.Stepped(MigrationStep.CopyingMemory) { At = began + TimeSpan.FromSeconds(5) },
            new JournalEntry.Stepped(MigrationStep.Suspended) { At = ended - TimeSpan.FromSeconds(0.5) },
            new JournalEntry.Stepped(MigrationStep.Reconciling) { At = ended },
            new JournalEntry.Ended(outcome, destination, null, null)
            {
                At = ended + TimeSpan.FromSeconds(3),
                Bytes = bytes,
                Downtime = pause is { } known ? TimeSpan.FromSeconds(known) : null,
                DowntimePart = start is { } started
                    ? new DowntimeParts(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(pause!.Value - 0.1 - started), TimeSpan.FromSeconds(started))
                    : null,
                MemoryBytesPerSecond = rate,
                LiveDuration = live is { } seen ? TimeSpan.FromSeconds(seen) : null,
            },
        ];
        File.WriteAllBytes(
            JournalFolder.NewPath(_folder, Guid.NewGuid(), began),
            SampleJournals.Bytes(entries.Select((entry, i) => entry with { Number = i + 1 })));
    }
}
