namespace XenMigrate.Toolstacks.Xend;

/// <summary>Drives a host by xm.</summary>
/// <param name="shell">Runs xm's commands.</param>
/// <param name="timing">Time, for waiting.</param>
internal sealed class XendToolstack(IHostShell shell, Timing timing) : Toolstack(shell, s_commands, timing)
{
    private static readonly ToolCommands s_commands =
        new("xm", XmCreate.Command, XmDomain.Pause, XmDomain.Unpause, XmDomain.ShutDown, XmDomain.Destroy);

    public override ToolstackKind Kind => ToolstackKind.Xend;

    public override Question<XenInformation> Information => XmInfo.Question(HostName);

    public override Question<IReadOnlyList<Guest>> Guests => XmGuests.Question(HostName);

    protected override Question<IReadOnlyList<Guest>> GuestStates => Guests;

    public override Toolstack Via(IHostShell other) => new XendToolstack(other, Timing);

    public override Task RenameAsync(int id, string newName, CancellationToken cancellationToken) =>
        ActAsync(XmDomain.Rename(id, newName), cancellationToken);

    public override async Task SaveAsync(int id, string path, SaveMode mode, IProgress<int>? percent, CancellationToken cancellationToken)
    {
        if (mode == SaveMode.KeepPaused)
        {
            throw Unsupported("xend lets a guest that it saved go on or end, and can't leave it paused.", "Use -KeepRunning, or neither.");
        }

        await ActAsync(XmSave.Make(path), cancellationToken).ConfigureAwait(false);
        await ActAsync(XmSave.MakePrivate(path), cancellationToken).ConfigureAwait(false);
        RemoteCommand command = XmSave.Command(id, path, mode == SaveMode.KeepRunning);
        CommandResult result = await CopyOrFailAsync(command, lines: null, cancellationToken).ConfigureAwait(false);
        if (XmSave.WantsForce(result))
        {
            command = XmSave.Command(id, path, mode == SaveMode.KeepRunning, force: true);
            result = await CopyOrFailAsync(command, lines: null, cancellationToken).ConfigureAwait(false);
        }

        Require(command, result);
    }

    public override Task RestoreAsync(
        string path, string? configurationPath, bool paused, IProgress<int>? percent, CancellationToken cancellationToken) =>
        configurationPath is null
            ? CopyAsync(XmRestore.Command(path, paused), lines: null, cancellationToken)
            : throw Unsupported("xend restores a guest with the configuration in its image only.", "Leave -ConfigurationPath out.");

    public override Task<TransferRecord> MigrateAsync(
        TransferRequest request, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken) =>
        new XendMigration(request, progress).RunAsync(cancellationToken);
}
