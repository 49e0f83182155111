namespace XenMigrate.Toolstacks.Xend;

/// <summary>Drives a host by xm.</summary>
/// <param name="timing">Time, for waiting.</param>
internal sealed class XendToolstack(Timing timing) : IToolstack
{
    // Hotplug scripts of a busy host take their time; xend itself gives up after 100 s.
    private static readonly TimeSpan s_actionTimeout = TimeSpan.FromMinutes(3);

    public ToolstackKind Kind => ToolstackKind.Xend;

    public IToolstack? Alternative => null;

    public bool MovesOfflineItself => true;

    public Question<XenInformation> InformationQuestion(string host) => XmInfo.Question(host);

    public Question<IReadOnlyList<Guest>> ListQuestion(string host) => XmGuests.Question(host);

    public Task<IReadOnlyList<Guest>> ListAsync(IHostShell host, CancellationToken cancellationToken) =>
        XmGuests.Question(host.Endpoint.ComputerName).AskAsync(host, cancellationToken);

    public Task<IReadOnlyList<Guest>> ListStatesAsync(IHostShell host, CancellationToken cancellationToken) =>
        ListAsync(host, cancellationToken);

    public Task CreateAsync(
        IHostShell host, string configurationPath, bool paused, CancellationToken cancellationToken) =>
        ActAsync(host, XmCreate.Command(configurationPath, paused), cancellationToken);

    public Task PauseAsync(IHostShell host, int id, CancellationToken cancellationToken) =>
        ActAsync(host, XmDomain.Pause(id), cancellationToken);

    public Task UnpauseAsync(IHostShell host, int id, CancellationToken cancellationToken) =>
        ActAsync(host, XmDomain.Unpause(id), cancellationToken);

    public Task ShutDownAsync(IHostShell host, int id, CancellationToken cancellationToken) =>
        ActAsync(host, XmDomain.ShutDown(id), cancellationToken);

    public Task DestroyAsync(IHostShell host, int id, CancellationToken cancellationToken) =>
        ActAsync(host, XmDomain.Destroy(id), cancellationToken);

    public Task RenameAsync(IHostShell host, int id, string newName, CancellationToken cancellationToken) =>
        ActAsync(host, XmDomain.Rename(id, newName), cancellationToken);

    public async Task SaveAsync(
        IHostShell host, int id, string path, SaveMode mode, IProgress<int>? percent, CancellationToken cancellationToken)
    {
        if (mode == SaveMode.KeepPaused)
        {
            throw new NotSupportedByToolstackException(
                host.Endpoint.ComputerName,
                "xend lets a guest that it saved go on or end, and can't leave it paused.",
                "Use -KeepRunning, or neither.");
        }

        await ActAsync(host, XmSave.Make(path), cancellationToken).ConfigureAwait(false);
        await ActAsync(host, XmSave.MakePrivate(path), cancellationToken).ConfigureAwait(false);
        RemoteCommand command = XmSave.Command(id, path, mode == SaveMode.KeepRunning);
        LongWork work = new(host, timing);
        CommandResult result = await work.RunAsync(command, lines: null, cancellationToken).ConfigureAwait(false);
        if (XmSave.WantsForce(result))
        {
            command = XmSave.Command(id, path, mode == SaveMode.KeepRunning, force: true);
            result = await work.RunAsync(command, lines: null, cancellationToken).ConfigureAwait(false);
        }

        Require(host, command, result);
    }

    public Task RestoreAsync(
        IHostShell host,
        string path,
        string? configurationPath,
        bool paused,
        IProgress<int>? percent,
        CancellationToken cancellationToken) => configurationPath is null
            ? RestoreAsync(host, XmRestore.Command(path, paused), cancellationToken)
            : throw new NotSupportedByToolstackException(
                host.Endpoint.ComputerName, "xend restores a guest with the configuration in its image only.", "Leave -ConfigurationPath out.");

    public Task<TransferRecord> MigrateAsync(
        TransferRequest request, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken) =>
        new XendMigration(request, progress).RunAsync(cancellationToken);

    private async Task RestoreAsync(IHostShell host, RemoteCommand command, CancellationToken cancellationToken) => Require(
        host, command, await new LongWork(host, timing).RunAsync(command, lines: null, cancellationToken).ConfigureAwait(false));

    private static Task ActAsync(IHostShell host, RemoteCommand command, CancellationToken cancellationToken) =>
        RunAsync(host, command, s_actionTimeout, cancellationToken);

    private static async Task RunAsync(
        IHostShell host, RemoteCommand command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        CommandResult result = await host.RunAsync(command, timeout, lines: null, cancellationToken).ConfigureAwait(false);
        Require(host, command, result);
    }

    private static void Require(IHostShell host, RemoteCommand command, CommandResult result)
    {
        if (!result.Succeeded)
        {
            throw ToolFailure.Of("xm", host.Endpoint.ComputerName, command, result);
        }
    }
}
