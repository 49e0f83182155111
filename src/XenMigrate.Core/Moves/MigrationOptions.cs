namespace XenMigrate.Moves;

/// <summary>How a guest is to be moved.</summary>
internal sealed record MigrationOptions
{
    public bool Live { get; init; }

    /// <summary>What the source calls the destination; null for the name the user gave.</summary>
    public string? MigrationAddress { get; init; }

    /// <summary>
    /// After this time a live move is aborted, or finished offline if the pre-copy's options say so, if the guest is not
    /// suspended yet; null for no limit.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What the caller asked of a live move's pre-copy; null for what the toolstack does by itself.</summary>
    public PreCopyOptions? PreCopy { get; init; }

    /// <summary>What a transfer that obeys is told if the caller asked for nothing.</summary>
    public PreCopyOptions UsualPreCopy { get; init; } = new();

    /// <summary>What earlier moves of such guests between the hosts stood still for; null if no journal tells.</summary>
    public DowntimeParts? PastDowntime { get; init; }

    /// <summary>The save helper that is used where hosts have it; null for none.</summary>
    public HelperPackage? Helper { get; init; }

    /// <summary>Whether the memory may go by no other way than ssh.</summary>
    public bool OnlyBySsh { get; init; }

    /// <summary>Whether the connection that tries the way stays for the transfer; not where nothing is to be changed.</summary>
    public bool SharesConnection { get; init; }

    /// <summary>Whether the destination keeps the guest's definition, so that it can be started again there.</summary>
    public bool Persist { get; init; }

    /// <summary>Whether the source forgets the guest's definition once it moved.</summary>
    public bool RemoveSourceDefinition { get; init; }

    public CheckSelection Checks { get; init; } = CheckSelection.Everything;

    public CheckSettings CheckSettings { get; init; } = CheckSettings.Default;
}
