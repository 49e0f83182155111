namespace XenMigrate.Transfers;

/// <summary>What a toolstack is to move, from where, and by what name the source knows the destination.</summary>
internal sealed record TransferRequest(Guest Guest, IHostShell Source, string MigrationAddress, Timing Timing)
{
    /// <summary>Whether the guest runs meanwhile.</summary>
    public bool Live { get; init; } = true;

    /// <summary>The boot of the source in which the guest was checked; null if that is not known.</summary>
    public string? SourceBootId { get; init; }

    /// <summary>The connection to the destination that stands already; null for none.</summary>
    public SharedConnection? Connection { get; init; }

    /// <summary>Who holds the guest; null for nobody, as where its uuid is not known.</summary>
    public GuestLease? Lease { get; init; }

    /// <summary>The source's shell for an act on the guest while it runs; for one on our own transfer, if that is under way.</summary>
    public GuardedShell Guarded(bool isUnderWay) => new(
        Source, Expectation.Of(Guest, Expectation.Awake) with { BootId = SourceBootId, Alone = !isUnderWay }, Lease);

    /// <summary>Whether the destination keeps the guest's definition; for toolstacks that have some.</summary>
    public bool Persist { get; init; }

    /// <summary>Whether the source drops the guest's definition; for toolstacks that have some.</summary>
    public bool RemoveSourceDefinition { get; init; }

    /// <summary>For a transfer that obeys them; null for the tool's own rule.</summary>
    public PreCopyOptions? PreCopy { get; init; }

    /// <summary>The save helpers that obey them; null for a transfer that obeys by itself, or not at all.</summary>
    public HelperPair? Helpers { get; init; }
}

/// <summary>What was seen of a transfer. It is evidence: where the guest is, the hosts tell.</summary>
internal sealed record TransferRecord
{
    /// <summary>Null if the connection broke before the tool ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether the tool ended, as far as its host could be asked; while it goes on, nobody can tell who will have the guest.</summary>
    public bool HasEnded { get; init; } = true;

    /// <summary>The host of a tool that may go on; null for the source.</summary>
    public string? HostOfTool { get; init; }

    /// <summary>Why nothing more was done, where somebody else holds the guest by now; null where nobody does.</summary>
    public string? Lost { get; init; }

    /// <summary>Whether the tool said that the destination never had all of the guest, so that it can't have run there.</summary>
    public bool WasKept { get; init; }

    /// <summary>Whether we ended it, on request; it counts if the guest is at the source.</summary>
    public bool Aborted { get; init; }

    /// <summary>
    /// Whether the request came too late, with the guest suspended already, as far as the tool tells; it counts if the
    /// guest is at the destination.
    /// </summary>
    public bool FinishedDespiteCancellation { get; init; }

    /// <summary>From the guest's suspension to its start at the destination.</summary>
    public TimeSpan? Downtime { get; init; }

    /// <summary>Its parts; null where the tools do not tell them apart.</summary>
    public DowntimeParts? DowntimePart { get; init; }

    public DowntimeBasis DowntimeBasis { get; init; } = DowntimeBasis.LogMarkers;

    /// <summary>The longest gap between two of the guest's own heartbeats.</summary>
    public TimeSpan? HeartbeatGap { get; init; }

    public IReadOnlyList<MigrationIteration> Iterations { get; init; } = [];

    /// <summary>Whether it was finished with the guest paused, since it would not converge.</summary>
    public bool WentOffline { get; init; }

    /// <summary>Whether the transfer itself gave up, since the guest would not converge.</summary>
    public bool GaveUp { get; init; }

    public string? StopReason { get; init; }

    public long? BytesTransferred { get; init; }

    /// <summary>What still counts its bytes, and has to be waited for; null for nothing.</summary>
    public Task<long?>? Counting { get; init; }

    /// <summary>The same once its bytes are counted.</summary>
    public async Task<TransferRecord> CountedAsync() => Counting is null ? this
        : this with { Counting = null, BytesTransferred = await Counting.ConfigureAwait(false) ?? BytesTransferred };

    /// <summary>What the toolstack has to say: what has to be mended before the next move, or why it was not stopped; null for nothing.</summary>
    public string? Advice { get; init; }

    /// <summary>What the tools wrote, without debug lines.</summary>
    public IReadOnlyList<string> Transcript { get; init; } = [];
}
