namespace XenMigrate.Journal;

/// <summary>One line of an operation's journal.</summary>
internal abstract record JournalEntry
{
    /// <summary>The line's number in its file, from 1.</summary>
    public long Number { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Whether the line has to survive the loss of power, not only the end of the process.</summary>
    public virtual bool IsDurable => false;

    /// <summary>What is going to be done; it is there before anything is touched.</summary>
    /// <param name="Operation">What tells this operation from all others.</param>
    /// <param name="Guest">The guest's name.</param>
    /// <param name="Uuid">The guest's uuid, if its toolstack has one.</param>
    /// <param name="Source">The host it is on.</param>
    /// <param name="Destination">The host it is to go to.</param>
    /// <param name="Mode">How it is to be moved.</param>
    /// <param name="Batch">The same for all guests of one call.</param>
    /// <param name="Writer">The process that writes.</param>
    public sealed record Begun(
        Guid Operation,
        string Guest,
        Guid? Uuid,
        string Source,
        string Destination,
        MigrationMode Mode,
        Guid? Batch,
        JournalProcess Writer) : JournalEntry
    {
        /// <summary>The source's boot; what a move left there is gone after it. Null if it was not known.</summary>
        public string? SourceBootId { get; init; }

        /// <summary>The destination's boot; null if it was not known.</summary>
        public string? DestinationBootId { get; init; }

        /// <summary>What the source was known by beside its name.</summary>
        public HostIdentity SourceIdentity { get; init; } = HostIdentity.Unknown;

        /// <summary>What the destination was known by beside its name.</summary>
        public HostIdentity DestinationIdentity { get; init; } = HostIdentity.Unknown;

        public NamedHost From => new(Source, SourceIdentity);

        public NamedHost To => new(Destination, DestinationIdentity);

        /// <summary>How the guest runs on Xen.</summary>
        public GuestType Type { get; init; }

        /// <summary>What its memory was to be packed with.</summary>
        public StreamCompression Compression { get; init; }

        public override bool IsDurable => true;
    }

    /// <summary>A remote command is about to run.</summary>
    /// <param name="Command">Tells it from the operation's other commands.</param>
    /// <param name="Host">The host.</param>
    /// <param name="Text">The command, or several that run in one execution.</param>
    public sealed record CommandBegun(int Command, string Host, string Text) : JournalEntry;

    /// <summary>A remote command ended.</summary>
    /// <param name="Command">Which one.</param>
    /// <param name="ExitCode">Its exit code, the first that is not 0 if they were several; null if nobody knows.</param>
    /// <param name="Duration">How long it took.</param>
    /// <param name="Error">Why nobody knows.</param>
    public sealed record CommandEnded(int Command, int? ExitCode, TimeSpan Duration, string? Error) : JournalEntry;

    /// <summary>The operation came to another step.</summary>
    public sealed record Stepped(MigrationStep Step) : JournalEntry;

    /// <summary>Something was decided, and why.</summary>
    public sealed record Decided(string Text) : JournalEntry
    {
        public override bool IsDurable => true;
    }

    /// <summary>The process that writes is alive.</summary>
    public sealed record Beat : JournalEntry;

    /// <summary>The operation is over, and nothing of it goes on.</summary>
    /// <param name="Outcome">Where the guest is; null if the operation broke off by an error that nobody foresaw, or never began.</param>
    /// <param name="ComputerName">The host that has the guest; null if that can't be told.</param>
    /// <param name="ErrorId">The error id of what went wrong.</param>
    /// <param name="Message">What was found, and what to do.</param>
    public sealed record Ended(MigrationOutcome? Outcome, string? ComputerName, string? ErrorId, string? Message) : JournalEntry
    {
        /// <summary>What the transport wrote; null if it could not be seen.</summary>
        public long? Bytes { get; init; }

        /// <summary>How long the guest stood still; null if it did not, or if nobody could see.</summary>
        public TimeSpan? Downtime { get; init; }

        /// <summary>Its parts; null where they are not known.</summary>
        public DowntimeParts? DowntimePart { get; init; }

        /// <summary>Bytes of the guest's memory per second in the first round; null where the transfer does not tell of rounds.</summary>
        public double? MemoryBytesPerSecond { get; init; }

        /// <summary>How long the rounds took in which the guest ran; null where the transfer does not tell of any.</summary>
        public TimeSpan? LiveDuration { get; init; }

        /// <summary>Whether it is known that nothing was touched: the first act was not done.</summary>
        public bool Untouched { get; init; }

        public override bool IsDurable => true;
    }

    /// <summary>A host is going to be emptied, or filled again.</summary>
    /// <param name="Operation">What its moves have as their batch.</param>
    /// <param name="Direction">Which way the guests go.</param>
    /// <param name="Host">The host.</param>
    /// <param name="Writer">The process that writes.</param>
    public sealed record DrainBegun(Guid Operation, DrainDirection Direction, NamedHost Host, JournalProcess Writer) : JournalEntry
    {
        /// <summary>
        /// For a filling, how far it had read the journals of the host: what they told later it did not know. Null for an
        /// emptying.
        /// </summary>
        public IReadOnlyList<(Guid Operation, long Number)>? Read { get; init; }

        public override bool IsDurable => true;
    }

    /// <summary>A guest is about to go; it is there before anything of it is touched.</summary>
    public sealed record Leaving(string Guest, Guid? Uuid, NamedHost Destination, MigrationMode Mode) : JournalEntry
    {
        public override bool IsDurable => true;
    }

    /// <summary>What became of a guest that was to go.</summary>
    public sealed record Left(string Guest, Guid? Uuid, MigrationOutcome? Outcome, string? ComputerName) : JournalEntry;

    /// <summary>All guests of a host that was emptied or filled have been tried.</summary>
    public sealed record DrainEnded(bool IsComplete) : JournalEntry
    {
        public override bool IsDurable => true;
    }
}
