namespace XenMigrate.Toolstacks.Xl;

/// <summary>Drives a host by xl.</summary>
/// <param name="shell">Runs xl's commands.</param>
/// <param name="timing">Time, for waiting.</param>
/// <param name="alternative">What drives some of the host's guests in place of xl, and says which; null where xl has all.</param>
internal sealed class XlToolstack(IHostShell shell, Timing timing, Toolstack? alternative = null) : Toolstack(shell, s_commands, timing)
{
    private static readonly ToolCommands s_commands =
        new("xl", XlCreate.Command, XlDomain.Pause, XlDomain.Unpause, XlDomain.ShutDown, XlDomain.Destroy);

    public override ToolstackKind Kind => ToolstackKind.Xl;

    public override Toolstack? Alternative => alternative;

    public override bool MovesOfflineItself => false;

    public override Question<IReadOnlyList<Guest>> Guests => alternative?.Guests ?? XlGuests.Question(HostName);

    public override Toolstack Via(IHostShell other) => new XlToolstack(other, Timing, alternative?.Via(other));

    public override Task RenameAsync(int id, string newName, CancellationToken cancellationToken) =>
        ActAsync(XlDomain.Rename(id, newName), cancellationToken);

    public override Task SaveAsync(int id, string path, SaveMode mode, IProgress<int>? percent, CancellationToken cancellationToken) =>
        CopyAsync(XlSave.Command(id, path, mode), new CopyLines(percent), cancellationToken);

    public override Task RestoreAsync(
        string path, string? configurationPath, bool paused, IProgress<int>? percent, CancellationToken cancellationToken) =>
        CopyAsync(XlRestore.Command(path, configurationPath, paused), new CopyLines(percent), cancellationToken);

    /// <summary>Restores a guest that is on its way here from another host.</summary>
    public Task ReceiveAsync(Guest guest, string path, IProgress<int>? percent, CancellationToken cancellationToken) =>
        CopyAsync(XlHandOver.Restore(guest.Uuid!.Value, guest.Name, path), new CopyLines(percent), cancellationToken);

    /// <summary>Lets a guest run that was on its way here, once no other host has it.</summary>
    public Task StartReceivedAsync(int id, string name, CancellationToken cancellationToken) =>
        ActAsync(XlHandOver.Start(id, name), cancellationToken);

    public override Task<TransferRecord> MigrateAsync(
        TransferRequest request, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken) =>
        new XlLiveMigration(request, progress).RunAsync(cancellationToken);

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
