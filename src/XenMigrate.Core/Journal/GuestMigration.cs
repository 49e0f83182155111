namespace XenMigrate;

/// <summary>A guest's move as its journal tells it, and its hosts where they were asked.</summary>
public sealed record GuestMigration
{
    /// <summary>The guest's name; empty if the move never got so far as to say.</summary>
    public string Name { get; internal init => field = PrintableText.Line(value); } = "";

    public Guid? Uuid { get; internal init; }

    public string? Source { get; internal init; }

    public string? Destination { get; internal init; }

    public MigrationMode? Mode { get; internal init; }

    public JournalState State { get; internal init; }

    /// <summary>The last step that was begun.</summary>
    public MigrationStep? Step { get; internal init; }

    /// <summary>How the move ended; null if it did not, or came to nothing.</summary>
    public MigrationOutcome? Outcome { get; internal init; }

    /// <summary>Where the guest was when the move ended; null if that can't be told.</summary>
    public string? ComputerName { get; internal init; }

    public string? ErrorId { get; internal init; }

    public string? Message { get; internal init => field = PrintableText.OfOrNull(value); }

    public DateTimeOffset? BeganAt { get; internal init; }

    /// <summary>When the journal was last added to.</summary>
    public DateTimeOffset? LastSignAt { get; internal init; }

    public DateTimeOffset? EndedAt { get; internal init; }

    /// <summary>How long the transfer took, from its start to the question to both hosts; null if it did not end.</summary>
    public TimeSpan? TransferDuration { get; internal init; }

    /// <summary>What the transport wrote, as its host counts it; null if nobody noted it.</summary>
    public long? BytesTransferred { get; internal init; }

    /// <summary>How long the guest stood still; null if nobody noted it.</summary>
    public TimeSpan? Downtime { get; internal init; }

    /// <summary>The parts of that; null if they are not known.</summary>
    public DowntimeParts? DowntimePart { get; internal init; }

    /// <summary>How the guest runs on Xen.</summary>
    public GuestType Type { get; internal init; }

    /// <summary>The same for all guests of one call.</summary>
    public Guid? Batch { get; internal init; }

    /// <summary>The commands whose end the journal does not tell.</summary>
    public IReadOnlyList<string> OpenCommand { get; internal init => field = PrintableText.All(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>What was decided on the way, and why.</summary>
    public IReadOnlyList<string> Decision { get; internal init => field = PrintableText.All(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>What is wrong with the journal itself; null if nothing is.</summary>
    public string? Damage { get; internal init => field = PrintableText.OfOrNull(value); }

    /// <summary>What the hosts that were asked hold of the guest now, one text each; empty if none was asked.</summary>
    public IReadOnlyList<string> Found { get; internal init => field = PrintableText.All(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>Processes on those hosts that send or take the guest.</summary>
    public IReadOnlyList<string> UnderWay { get; internal init => field = PrintableText.All(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>The journal's file; empty if no journal tells of the move.</summary>
    public string LogPath { get; internal init; } = "";

    /// <summary>Who works on the guest now, as those hosts tell it: user, machine, process, since when, and what is done.</summary>
    public IReadOnlyList<string> HeldBy { get; internal init => field = PrintableText.Lines(value).Indexed(); } = IndexedList<string>.None;

    /// <summary>Whether it is known that it never touched the guest: what stands half done was left by a move before it.</summary>
    internal bool TouchedNothing { get; init; }

    /// <summary>Whether its source gave the guest away in an offline move.</summary>
    internal bool GaveAway { get; init; }

    /// <summary>Bytes of the guest's memory per second in the first round; null where the transfer did not tell of rounds.</summary>
    internal double? MemoryBytesPerSecond { get; init; }

    /// <summary>How long the rounds took in which the guest ran; null where the transfer did not tell of any.</summary>
    internal TimeSpan? LiveDuration { get; init; }

    /// <summary>What its memory was to be packed with.</summary>
    internal StreamCompression Compression { get; init; }

    /// <summary>The source as it was known; null if the journal does not tell.</summary>
    internal NamedHost? From => Source is null ? null : new NamedHost(Source, SourceIdentity);

    /// <summary>The destination as it was known; null if the journal does not tell.</summary>
    internal NamedHost? To => Destination is null ? null : new NamedHost(Destination, DestinationIdentity);

    internal HostIdentity SourceIdentity { get; init; } = HostIdentity.Unknown;

    internal HostIdentity DestinationIdentity { get; init; } = HostIdentity.Unknown;

    /// <summary>Where the guest was when the move ended; null if that can't be told.</summary>
    internal NamedHost? Holder => ComputerName is { } name ? new[] { From, To }.FirstOrDefault(end => end?.IsCalled(name) == true) ?? name : null;

    internal string? SourceBootId { get; init; }

    internal string? DestinationBootId { get; init; }

    public override string ToString() => $"{Name}: {Source} to {Destination}, {State}";

    /// <param name="path">The journal's file.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="isAlive">Whether a process runs; null if that can't be seen.</param>
    internal static GuestMigration Of(
        string path, JournalContent content, Func<JournalProcess, bool?> isAlive)
    {
        HashSet<int> ended = [.. content.Entries.OfType<JournalEntry.CommandEnded>().Select(entry => entry.Command)];
        JournalEntry.Begun? begun = content.Begun;
        return new GuestMigration
        {
            Name = begun?.Guest ?? "",
            Uuid = begun?.Uuid,
            Source = begun?.Source,
            Destination = begun?.Destination,
            Mode = begun?.Mode,
            State = StateOf(content, isAlive),
            Step = content.Entries.OfType<JournalEntry.Stepped>().LastOrDefault()?.Step,
            Outcome = content.Ended?.Outcome,
            ComputerName = content.Ended?.ComputerName,
            ErrorId = content.Ended?.ErrorId,
            Message = content.Ended?.Message,
            BeganAt = begun?.At,
            LastSignAt = content.Entries.Count > 0 ? content.Entries[content.Entries.Count - 1].At : null,
            EndedAt = content.Ended?.At,
            TransferDuration = content.TransferDuration,
            BytesTransferred = content.Ended?.Bytes,
            Downtime = content.Ended?.Downtime,
            DowntimePart = content.Ended?.DowntimePart,
            Type = begun?.Type ?? GuestType.Unknown,
            MemoryBytesPerSecond = content.Ended?.MemoryBytesPerSecond,
            LiveDuration = content.Ended?.LiveDuration,
            Batch = begun?.Batch,
            OpenCommand = [.. content.Entries.OfType<JournalEntry.CommandBegun>()
                .Where(entry => !ended.Contains(entry.Command)).Select(entry => $"{entry.Host}: {entry.Text}")],
            Decision = [.. content.Entries.OfType<JournalEntry.Decided>().Select(entry => entry.Text)],
            Damage = content.Damage,
            TouchedNothing = content.Ended?.Untouched == true,
            GaveAway = content.GaveAway,
            Compression = begun?.Compression ?? StreamCompression.None,
            SourceIdentity = begun?.SourceIdentity ?? HostIdentity.Unknown,
            DestinationIdentity = begun?.DestinationIdentity ?? HostIdentity.Unknown,
            SourceBootId = begun?.SourceBootId,
            DestinationBootId = begun?.DestinationBootId,
            LogPath = path,
        };
    }

    // No clock decides: that somebody is silent does not mean that nobody works.
    private static JournalState StateOf(JournalContent content, Func<JournalProcess, bool?> isAlive) =>
        content.Ended is not null ? JournalState.Finished
        : content.Begun is not { } begun ? JournalState.NotBegun
        : isAlive(begun.Writer) switch
        {
            true => JournalState.InFlight,
            false => JournalState.Abandoned,
            null => JournalState.Unknown,
        };
}

/// <summary>How far a move is, by its journal.</summary>
public enum JournalState
{
    /// <summary>The journal does not say of which guest it is: nothing was touched by then.</summary>
    NotBegun,

    /// <summary>It is being made.</summary>
    InFlight,

    /// <summary>It is over, well or not, and both hosts were asked.</summary>
    Finished,

    /// <summary>Whoever made it is gone. Where the guest is, only its hosts can tell.</summary>
    Abandoned,

    /// <summary>Whoever makes or made it can't be seen from here; the hosts tell whether it is worked on (-ComputerName).</summary>
    Unknown,

    /// <summary>No journal tells of it: a host that was asked has a copy of a guest that a move left.</summary>
    Leftover,
}
