namespace XenMigrate.Fleet.Batches;

/// <summary>What the user said of a live transfer, and what follows where nothing was said.</summary>
internal sealed record PreCopyChoice(TimeSpan? MaximumDowntime, OfflineFallback? Fallback, long? Bandwidth, bool Force)
{
    /// <summary>Whether the allowed pause is a hard limit.</summary>
    public bool Enforce { get; init; }

    public StreamCompression Compression { get; init; }

    public bool Throttle { get; init; }

    private static readonly TimeSpan s_leastCopy = TimeSpan.FromSeconds(1);

    /// <summary>Why what was said makes no sense, in a sentence for whoever said it; null if it makes sense.</summary>
    public string? FindProblem(bool live)
    {
        if (IsGiven && !live)
        {
            return "-MaximumDowntime, -EnforceDowntime, -OfflineFallback, -Bandwidth, -Compression and -Throttle only work with -Live. Add -Live, or leave them out.";
        }

        if (Enforce && Fallback == OfflineFallback.Always)
        {
            return "-OfflineFallback Always allows a longer pause, and -EnforceDowntime forbids it. Give only one of them.";
        }

        return MaximumDowntime <= TimeSpan.Zero
            ? $"-MaximumDowntime is {Figures.Time(MaximumDowntime)}. It has to be more than 0 s. Every guest stands still for a moment when it moves."
            : null;
    }

    /// <summary>The options of all moves, with what is so for this one.</summary>
    public MigrationOptions For(GuestMove move, MigrationOptions options, bool interactive)
    {
        PreCopyOptions preCopy = ToOptions(interactive, options.PastDowntime);
        if (move.MayGoOffline)
        {
            preCopy = preCopy with { OfflineFallback = true, EnforceDowntime = false };
        }

        return options with
        {
            Live = move.Live ?? options.Live,
            MigrationAddress = options.MigrationAddress ?? move.MigrationAddress,
            PreCopy = IsGiven ? preCopy : null,
            UsualPreCopy = preCopy,
        };
    }

    /// <summary>Whether anything was said, which a transfer with rules of its own can't obey.</summary>
    public bool IsGiven => MaximumDowntime is not null || Fallback is not null || Bandwidth is not null
        || Enforce || Throttle || Compression != StreamCompression.None;

    /// <summary>What to tell a transfer that obeys.</summary>
    /// <param name="interactive">Whether somebody can be asked.</param>
    /// <param name="past">What such guests stood still for before; null if no journal tells.</param>
    public PreCopyOptions ToOptions(bool interactive, DowntimeParts? past = null) => new()
    {
        MaximumDowntime = MaximumDowntime ?? Usual(past),
        OfflineFallback = InEffect(interactive) == OfflineFallback.Always,
        BandwidthLimit = Bandwidth,
        EnforceDowntime = Enforce,
        Compression = Compression,
        Throttle = Throttle,
    };

    /// <summary>Whether somebody is to be asked about a longer pause.</summary>
    public bool Asks(bool interactive) => InEffect(interactive) == OfflineFallback.Prompt;

    public static string Question(MigrationResult result, PreCopyOptions options)
    {
        TimeSpan? pause = result.Iteration.Count > 0 ? result.Iteration[result.Iteration.Count - 1].PredictedDowntime : null;
        string predicted = pause is null ? "longer" : $"for about {Figures.Time(pause)}";
        return $"{result.Name} would stand still {predicted}, and only {Figures.Time(options.MaximumDowntime)} are allowed. "
            + $"Move it to {result.Destination} anyway?";
    }

    /// <summary>What hosts take in any case is no reason to give a guest up, if nobody said so.</summary>
    private static TimeSpan Usual(DowntimeParts? past) =>
        past?.Fixed + s_leastCopy is { } slow && slow > PreCopyOptions.UsualDowntime ? slow : PreCopyOptions.UsualDowntime;

    private OfflineFallback InEffect(bool interactive) => Fallback switch
    {
        // Nobody has to be asked who has answered already; but a hard limit was meant.
        null or OfflineFallback.Prompt when Force && !Enforce => OfflineFallback.Always,
        null => interactive ? OfflineFallback.Prompt : OfflineFallback.Never,
        { } given => given,
    };
}
