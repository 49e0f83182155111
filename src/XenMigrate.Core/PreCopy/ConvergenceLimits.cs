namespace XenMigrate.PreCopy;

/// <summary>What ends the live rounds of pre-copy.</summary>
internal sealed record ConvergenceLimits
{
    /// <summary>The pause that is allowed.</summary>
    public required TimeSpan MaximumDowntime { get; init; }

    /// <summary>What the pause takes beside the copy of the rest, as far as that is known beforehand.</summary>
    public TimeSpan FixedPause { get; init; }

    /// <summary>The guest's memory.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Whether a guest that will not converge is paused and finished; otherwise the move is given up.</summary>
    public bool OfflineFallback { get; init; }

    /// <summary>How long the live rounds may take in all; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>So many rounds in a row that gain too little are the last.</summary>
    public int RoundsWithoutProgress { get; init; } = 5;

    /// <summary>What counts as progress: so much less to send than ever before.</summary>
    public double LeastGain { get; init; } = 0.1;

    /// <summary>No more than so many times the memory is sent, but for the round that reaches it.</summary>
    public double MemoryFactor { get; init; } = 3;

    /// <summary>A round of fewer bytes tells nothing about the rate, if there is a larger one.</summary>
    public long SmallestSample { get; init; } = 4 * 1024 * 1024;

    /// <summary>What a page costs on the wire, its share of headers included.</summary>
    public double BytesPerPage { get; init; } = 4096 + 12;

    /// <summary>
    /// Those of the save helper. A round of a real guest takes seconds, and loads host and network: four in vain are enough. What such
    /// a guest writes differs by a tenth from round to round; who converges has a quarter less to send after four.
    /// </summary>
    public static ConvergenceLimits OfSaveHelper(PreCopyOptions options, long memoryBytes) =>
        From(options, memoryBytes) with { RoundsWithoutProgress = 4, LeastGain = 0.25 };

    /// <summary>The limits that a caller's options set.</summary>
    public static ConvergenceLimits From(PreCopyOptions options, long memoryBytes) => new()
    {
        MaximumDowntime = options.MaximumDowntime,
        FixedPause = options.Fixed.Fixed,
        MemoryBytes = memoryBytes,
        OfflineFallback = options.OfflineFallback,
        TimeLimit = options.TimeLimit,
    };
}
