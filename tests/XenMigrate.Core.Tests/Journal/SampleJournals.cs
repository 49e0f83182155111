namespace XenMigrate.Tests;

/// <summary>A whole move as its journal tells it.</summary>
internal static class SampleJournals
{
    public static JournalProcess Process { get; } = new("desk", 4711, FakeTiming.Start - TimeSpan.FromHours(1));

    public static JournalEntry.Begun Begun { get; } = new(
        new Guid("0b0c6a9e-3a35-4c5e-9d5e-3f6a7a3c1d11"), "web", A.Uuid, "a", "b", MigrationMode.Live, Guid.Empty, Process) 
    {
        SourceBootId = "11111111-1111-1111-1111-111111111111",
        Type = GuestType.PVH,
        Compression = StreamCompression.Zstd,
    };

    public static JournalEntry.Ended Ended { get; } = new(MigrationOutcome.Succeeded, "b", null, "The guest runs at b.")
    {
        DowntimePart = new DowntimeParts(TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(4)),
        MemoryBytesPerSecond = 12_000_000,
        LiveDuration = TimeSpan.FromSeconds(11.5),
    };

    public static IEnumerable<JournalEntry> Entries(DateTimeOffset start) => new JournalEntry[]
    {
        Begun,
        new JournalEntry.Stepped(MigrationStep.Checking),
        new JournalEntry.CommandBegun(1, "a", "xl list -l"),
        new JournalEntry.CommandEnded(1, 0, TimeSpan.FromMilliseconds(300), null),
        new JournalEntry.Decided("Nothing speaks against it: \u00e4\u20ac\ud83d\ude00 \"quoted\"\nand a second line."),
        new JournalEntry.Stepped(MigrationStep.CopyingMemory),
        new JournalEntry.CommandBegun(2, "a", "xl migrate web b"),
        new JournalEntry.Beat(),
        new JournalEntry.CommandEnded(2, null, TimeSpan.FromSeconds(12), "The connection to a broke."),
        Ended,
    }.Select((entry, i) => entry with { Number = i + 1, At = start + TimeSpan.FromSeconds(i) });

    public static byte[] Bytes(IEnumerable<JournalEntry> entries) => [.. entries.SelectMany(JournalLine.Write)];

    public static JournalContent Read(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        return JournalReader.Read(stream);
    }
}
