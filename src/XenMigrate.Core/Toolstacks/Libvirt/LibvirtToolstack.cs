namespace XenMigrate.Toolstacks.Libvirt;

/// <summary>Drives libvirt's guests on a host by virsh, on which xl shows what exists.</summary>
internal sealed class LibvirtToolstack : Toolstack
{
    private static readonly ToolCommands s_commands =
        new("virsh", Virsh.Create, Virsh.Pause, Virsh.Unpause, Virsh.ShutDown, Virsh.Destroy);

    private readonly RemoteCommand _domains;

    private LibvirtToolstack(IHostShell shell, RemoteCommand domains, Toolstack? alternative, Timing timing)
        : base(shell, s_commands, timing)
    {
        _domains = domains;
        Alternative = alternative;
    }

    public override ToolstackKind Kind => ToolstackKind.Libvirt;

    public override Toolstack? Alternative { get; }

    public override Question<IReadOnlyList<Guest>> Guests => LibvirtGuests.Question(HostName, _domains);

    /// <summary>libvirt for what is started and restored, and for its own guests; xl for the rest.</summary>
    public static LibvirtToolstack First(IHostShell shell, Timing timing) =>
        new(shell, LibvirtDomains.Always, new XlToolstack(shell, timing), timing);

    /// <summary>xl for what is started and restored; libvirt for its own guests, if it has any.</summary>
    public static XlToolstack AlternativeToXl(IHostShell shell, Timing timing) =>
        new(shell, timing, new LibvirtToolstack(shell, LibvirtDomains.Managed, alternative: null, timing));

    public override Toolstack Via(IHostShell other) => new LibvirtToolstack(other, _domains, Alternative?.Via(other), Timing);

    public override Task RenameAsync(int id, string newName, CancellationToken cancellationToken) =>
        throw Unsupported("libvirt renames no guest that runs.", "Shut it down first; then: virsh domrename");

    public override Task SaveAsync(int id, string path, SaveMode mode, IProgress<int>? percent, CancellationToken cancellationToken) =>
        mode == SaveMode.Destroy
            ? CopyAsync(Virsh.Save(id, path), lines: null, cancellationToken)
            : throw Unsupported(
                "libvirt ends a guest that it saved, and can't let it go on or stay paused.",
                "Leave -KeepRunning and -KeepPaused out, and restore it.");

    public override Task RestoreAsync(
        string path, string? configurationPath, bool paused, IProgress<int>? percent, CancellationToken cancellationToken) =>
        configurationPath is null
            ? CopyAsync(Virsh.Restore(path, paused), lines: null, cancellationToken)
            : throw Unsupported(
                "libvirt's Xen driver restores a guest with the configuration in its image only.", "Leave -ConfigurationPath out.");

    public override Task<TransferRecord> MigrateAsync(
        TransferRequest request, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken) =>
        new LibvirtMigration(request, progress).RunAsync(cancellationToken);
}
