namespace XenMigrate.Toolstacks;

/// <summary>
/// One way to drive a host's guests. Methods that change something return once the tool ended and throw if it
/// failed; whether the host is then as it should be is for the caller to look at (tools lie).
/// </summary>
/// <param name="shell">Runs the tool's commands.</param>
/// <param name="commands">The tool, and how it says what every tool can do.</param>
/// <param name="timing">Time, for waiting.</param>
internal abstract class Toolstack(IHostShell shell, ToolCommands commands, Timing timing)
{
    // Hotplug scripts of a busy host take their time; xl and xend give up after some of these.
    private static readonly TimeSpan s_actionTimeout = TimeSpan.FromMinutes(3);

    public abstract ToolstackKind Kind { get; }

    /// <summary>What drives the guests of another toolstack on the same host; null where there is no other.</summary>
    public virtual Toolstack? Alternative => null;

    /// <summary>Whether it moves a guest that stands still meanwhile; else that is done by an image in a shared folder.</summary>
    public virtual bool MovesOfflineItself => true;

    /// <summary>The host's hypervisor, as commands for a survey.</summary>
    public virtual Question<XenInformation> Information => XlInfo.Question(HostName);

    /// <summary>Every guest and the control domain, with all details, as commands for a survey.</summary>
    public abstract Question<IReadOnlyList<Guest>> Guests { get; }

    /// <summary>
    /// Every guest with its name, uuid and state and no more, where that is quicker; as the hypervisor has it, which is
    /// what counts after a move.
    /// </summary>
    protected virtual Question<IReadOnlyList<Guest>> GuestStates => XlGuests.ListStates(HostName);

    protected string HostName => shell.Endpoint.ComputerName;

    protected Timing Timing => timing;

    /// <summary>The same by another shell to the same host, such as one that guards an act.</summary>
    public abstract Toolstack Via(IHostShell other);

    /// <inheritdoc cref="Guests"/>
    public Task<IReadOnlyList<Guest>> ListAsync(CancellationToken cancellationToken) => Guests.AskAsync(shell, cancellationToken);

    /// <inheritdoc cref="GuestStates"/>
    public Task<IReadOnlyList<Guest>> ListStatesAsync(CancellationToken cancellationToken) => GuestStates.AskAsync(shell, cancellationToken);

    public Task CreateAsync(string configurationPath, bool paused, CancellationToken cancellationToken) =>
        ActAsync(commands.Create(configurationPath, paused), cancellationToken);

    public Task PauseAsync(int id, CancellationToken cancellationToken) => ActAsync(commands.Pause(id), cancellationToken);

    public Task UnpauseAsync(int id, CancellationToken cancellationToken) => ActAsync(commands.Unpause(id), cancellationToken);

    /// <summary>Asks the guest to shut down; it may take its time or not listen.</summary>
    public Task ShutDownAsync(int id, CancellationToken cancellationToken) => ActAsync(commands.ShutDown(id), cancellationToken);

    public Task DestroyAsync(int id, CancellationToken cancellationToken) => ActAsync(commands.Destroy(id), cancellationToken);

    /// <exception cref="NotSupportedByToolstackException">It renames no guest that runs.</exception>
    public abstract Task RenameAsync(int id, string newName, CancellationToken cancellationToken);

    public abstract Task SaveAsync(int id, string path, SaveMode mode, IProgress<int>? percent, CancellationToken cancellationToken);

    public abstract Task RestoreAsync(
        string path, string? configurationPath, bool paused, IProgress<int>? percent, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a guest and returns what was seen of it, however it ended. A cancellation before the guest is
    /// suspended aborts the move; after that the move goes on to its end.
    /// </summary>
    public abstract Task<TransferRecord> MigrateAsync(
        TransferRequest request, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Runs what ends soon.</summary>
    protected async Task ActAsync(RemoteCommand command, CancellationToken cancellationToken) =>
        Require(command, await shell.RunAsync(command, s_actionTimeout, lines: null, cancellationToken).ConfigureAwait(false));

    /// <summary>Runs what copies a guest's memory, which takes as long as it takes: only the caller can say what is too long.</summary>
    protected async Task CopyAsync(RemoteCommand command, IProgress<OutputLine>? lines, CancellationToken cancellationToken) =>
        Require(command, await CopyOrFailAsync(command, lines, cancellationToken).ConfigureAwait(false));

    /// <summary>The same, but a failure is the caller's to look at.</summary>
    protected Task<CommandResult> CopyOrFailAsync(RemoteCommand command, IProgress<OutputLine>? lines, CancellationToken cancellationToken) =>
        new LongWork(shell, timing).RunAsync(command, lines, cancellationToken);

    protected void Require(RemoteCommand command, CommandResult result)
    {
        if (!result.Succeeded)
        {
            throw ToolFailure.Of(commands.Tool, HostName, command, result);
        }
    }

    protected NotSupportedByToolstackException Unsupported(string reason, string advice) => new(HostName, reason, advice);
}
