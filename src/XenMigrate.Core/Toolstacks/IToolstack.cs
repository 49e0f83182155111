namespace XenMigrate.Toolstacks;

/// <summary>
/// One way to drive a host's guests. Methods that change something return once the tool ended and throw if it
/// failed; whether the host is then as it should be is for the caller to look at (tools lie).
/// </summary>
internal interface IToolstack
{
    ToolstackKind Kind { get; }

    /// <summary>What drives the guests of another toolstack on the same host; null where there is no other.</summary>
    IToolstack? Alternative { get; }

    /// <summary>Whether it moves a guest that stands still meanwhile; else that is done by an image in a shared folder.</summary>
    bool MovesOfflineItself { get; }

    /// <summary>The host's hypervisor, as commands for a survey.</summary>
    Question<XenInformation> InformationQuestion(string host);

    /// <summary>Every guest and the control domain, with all details, as commands for a survey.</summary>
    Question<IReadOnlyList<Guest>> ListQuestion(string host);

    /// <summary>Every guest, in one remote execution of its own.</summary>
    Task<IReadOnlyList<Guest>> ListAsync(IHostShell host, CancellationToken cancellationToken);

    /// <summary>
    /// Every guest with its name, uuid and state and no more, where that is quicker; as the hypervisor has it, which is
    /// what counts after a move.
    /// </summary>
    Task<IReadOnlyList<Guest>> ListStatesAsync(IHostShell host, CancellationToken cancellationToken);

    Task CreateAsync(IHostShell host, string configurationPath, bool paused, CancellationToken cancellationToken);

    Task PauseAsync(IHostShell host, int id, CancellationToken cancellationToken);

    Task UnpauseAsync(IHostShell host, int id, CancellationToken cancellationToken);

    /// <summary>Asks the guest to shut down; it may take its time or not listen.</summary>
    Task ShutDownAsync(IHostShell host, int id, CancellationToken cancellationToken);

    Task DestroyAsync(IHostShell host, int id, CancellationToken cancellationToken);

    Task RenameAsync(IHostShell host, int id, string newName, CancellationToken cancellationToken);

    Task SaveAsync(
        IHostShell host, int id, string path, SaveMode mode, IProgress<int>? percent, CancellationToken cancellationToken);

    Task RestoreAsync(
        IHostShell host,
        string path,
        string? configurationPath,
        bool paused,
        IProgress<int>? percent,
        CancellationToken cancellationToken);

    /// <summary>
    /// Moves a guest and returns what was seen of it, however it ended. A cancellation before the guest is
    /// suspended aborts the move; after that the move goes on to its end.
    /// </summary>
    Task<TransferRecord> MigrateAsync(
        TransferRequest request, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken);
}

/// <summary>What becomes of a guest once its image is written.</summary>
internal enum SaveMode
{
    Destroy,
    KeepRunning,
    KeepPaused,
}
