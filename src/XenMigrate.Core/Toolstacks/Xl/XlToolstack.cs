namespace XenMigrate.Toolstacks.Xl;

/// <summary>Drives a host by xl.</summary>
/// <param name="timing">Time, for waiting.</param>
/// <param name="alternative">What drives some of the host's guests in place of xl, and says which; null where xl has all.</param>
internal sealed class XlToolstack(Timing timing, IToolstack? alternative = null) : IToolstack
{
    // Hotplug scripts of a busy host take their time; xl itself gives up after some of these.
    private static readonly TimeSpan s_actionTimeout = TimeSpan.FromMinutes(3);

    public ToolstackKind Kind => ToolstackKind.Xl;

    public IToolstack? Alternative => alternative;

    public bool MovesOfflineItself => false;

    public Question<XenInformation> InformationQuestion(string host) => XlInfo.Question(host);

    public Question<IReadOnlyList<Guest>> ListQuestion(string host) =>
        alternative?.ListQuestion(host) ?? XlGuests.Question(host);

    public Task<IReadOnlyList<Guest>> ListAsync(IHostShell host, CancellationToken cancellationToken) =>
        ListQuestion(host.Endpoint.ComputerName).AskAsync(host, cancellationToken);

    public Task<IReadOnlyList<Guest>> ListStatesAsync(IHostShell host, CancellationToken cancellationToken) =>
        XlGuests.ListStates(host.Endpoint.ComputerName).AskAsync(host, cancellationToken);

    public Task CreateAsync(
        IHostShell host, string configurationPath, bool paused, CancellationToken cancellationToken) =>
        ActAsync(host, XlCreate.Command(configurationPath, paused), cancellationToken);

    public Task PauseAsync(IHostShell host, int id, CancellationToken cancellationToken) =>
        ActAsync(host, XlDomain.Pause(id), cancellationToken);

    public Task UnpauseAsync(IHostShell host, int id, CancellationToken cancellationToken) =>
        ActAsync(host, XlDomain.Unpause(id), cancellationToken);

    public Task ShutDownAsync(IHostShell host, int id, CancellationToken cancellationToken) =>
        ActAsync(host, XlDomain.ShutDown(id), cancellationToken);

    public Task DestroyAsync(IHostShell host, int id, CancellationToken cancellationToken) =>
        ActAsync(host, XlDomain.Destroy(id), cancellationToken);

    public Task RenameAsync(IHostShell host, int id, string newName, CancellationToken cancellationToken) =>
        ActAsync(host, XlDomain.Rename(id, newName), cancellationToken);

    public Task SaveAsync(
        IHostShell host, int id, string path, SaveMode mode, IProgress<int>? percent, CancellationToken cancellationToken) =>
        CopyAsync(host, XlSave.Command(id, path, mode), percent, cancellationToken);

    public Task RestoreAsync(
        IHostShell host,
        string path,
        string? configurationPath,
        bool paused,
        IProgress<int>? percent,
        CancellationToken cancellationToken) =>
        CopyAsync(host, XlRestore.Command(path, configurationPath, paused), percent, cancellationToken);

    /// <summary>Restores a guest that is on its way here from another host.</summary>
    public Task ReceiveAsync(IHostShell host, Guest guest, string path, IProgress<int>? percent, CancellationToken cancellationToken) =>
        CopyAsync(host, XlHandOver.Restore(guest.Uuid!.Value, guest.Name, path), percent, cancellationToken);

    /// <summary>Lets a guest run that was on its way here, once no other host has it.</summary>
    public static Task StartReceivedAsync(IHostShell host, int id, string name, CancellationToken cancellationToken) =>
        ActAsync(host, XlHandOver.Start(id, name), cancellationToken);

    public Task<TransferRecord> MigrateAsync(
        TransferRequest request, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken) =>
        new XlLiveMigration(request, progress).RunAsync(cancellationToken);

    private static Task ActAsync(IHostShell host, RemoteCommand command, CancellationToken cancellationToken) =>
        RunAsync(host, command, s_actionTimeout, cancellationToken);

    /// <summary>Moves a guest's memory, which takes as long as it takes: only the caller can say what is too long.</summary>
    private async Task CopyAsync(
        IHostShell host, RemoteCommand command, IProgress<int>? percent, CancellationToken cancellationToken)
    {
        CommandResult result = await new LongWork(host, timing).RunAsync(command, new CopyLines(percent), cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            throw ToolFailure.Of("xl", host.Endpoint.ComputerName, command, result);
        }
    }

    private static async Task RunAsync(
        IHostShell host,
        RemoteCommand command,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        CommandResult result = await host.RunAsync(command, timeout, lines: null, cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            throw ToolFailure.Of("xl", host.Endpoint.ComputerName, command, result);
        }
    }

    private sealed class CopyLines(IProgress<int>? percent) : IProgress<OutputLine>
    {
        public void Report(OutputLine value)
        {
            if (XlProgressLine.Percent(value.Text) is { } done)
            {
                percent?.Report(done);
            }
        }
    }
}
