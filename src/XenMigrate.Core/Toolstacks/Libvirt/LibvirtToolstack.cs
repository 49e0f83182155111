namespace XenMigrate.Toolstacks.Libvirt;

/// <summary>Drives libvirt's guests on a host by virsh, on which xl shows what exists.</summary>
internal sealed class LibvirtToolstack : IToolstack
{
    // Hotplug scripts of a busy host take their time.
    private static readonly TimeSpan s_actionTimeout = TimeSpan.FromMinutes(3);

    private readonly RemoteCommand _domains;

    private readonly Timing _timing;

    private LibvirtToolstack(RemoteCommand domains, IToolstack? alternative, Timing timing)
    {
        _domains = domains;
        _timing = timing;
        Alternative = alternative;
    }

    public ToolstackKind Kind => ToolstackKind.Libvirt;

    public IToolstack? Alternative { get; }

    public bool MovesOfflineItself => true;

    /// <summary>libvirt for what is started and restored, and for its own guests; xl for the rest.</summary>
    public static LibvirtToolstack First(Timing timing) => new(LibvirtDomains.Always, new XlToolstack(timing), timing);

    /// <summary>xl for what is started and restored; libvirt for its own guests, if it has any.</summary>
    public static XlToolstack AlternativeToXl(Timing timing) => new(timing, new LibvirtToolstack(LibvirtDomains.Managed, alternative: null, timing));

    public Question<XenInformation> InformationQuestion(string host) => XlInfo.Question(host);

    public Question<IReadOnlyList<Guest>> ListQuestion(string host) => LibvirtGuests.Question(host, _domains);

    public Task<IReadOnlyList<Guest>> ListAsync(IHostShell host, CancellationToken cancellationToken) =>
        ListQuestion(host.Endpoint.ComputerName).AskAsync(host, cancellationToken);

    public Task<IReadOnlyList<Guest>> ListStatesAsync(IHostShell host, CancellationToken cancellationToken) =>
        XlGuests.ListStates(host.Endpoint.ComputerName).AskAsync(host, cancellationToken);

    public Task CreateAsync(
        IHostShell host, string configurationPath, bool paused, CancellationToken cancellationToken) =>
        ActAsync(host, Virsh.Create(configurationPath, paused), cancellationToken);

    public Task PauseAsync(IHostShell host, int id, CancellationToken cancellationToken) =>
        ActAsync(host, Virsh.Pause(id), cancellationToken);

    public Task UnpauseAsync(IHostShell host, int id, CancellationToken cancellationToken) =>
        ActAsync(host, Virsh.Unpause(id), cancellationToken);

    public Task ShutDownAsync(IHostShell host, int id, CancellationToken cancellationToken) =>
        ActAsync(host, Virsh.ShutDown(id), cancellationToken);

    public Task DestroyAsync(IHostShell host, int id, CancellationToken cancellationToken) =>
        ActAsync(host, Virsh.Destroy(id), cancellationToken);

    public Task RenameAsync(IHostShell host, int id, string newName, CancellationToken cancellationToken) =>
        throw new NotSupportedByToolstackException(
            host.Endpoint.ComputerName, "libvirt renames no guest that runs.", "Shut it down first; then: virsh domrename");

    public Task SaveAsync(
        IHostShell host, int id, string path, SaveMode mode, IProgress<int>? percent, CancellationToken cancellationToken) =>
        mode == SaveMode.Destroy
            ? CopyAsync(host, Virsh.Save(id, path), cancellationToken)
            : throw new NotSupportedByToolstackException(
                host.Endpoint.ComputerName,
                "libvirt ends a guest that it saved, and can't let it go on or stay paused.",
                "Leave -KeepRunning and -KeepPaused out, and restore it.");

    public Task RestoreAsync(
        IHostShell host,
        string path,
        string? configurationPath,
        bool paused,
        IProgress<int>? percent,
        CancellationToken cancellationToken) => configurationPath is null
            ? CopyAsync(host, Virsh.Restore(path, paused), cancellationToken)
            : throw new NotSupportedByToolstackException(
                host.Endpoint.ComputerName,
                "libvirt's Xen driver restores a guest with the configuration in its image only.",
                "Leave -ConfigurationPath out.");

    public Task<TransferRecord> MigrateAsync(
        TransferRequest request, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken) =>
        new LibvirtMigration(request, progress).RunAsync(cancellationToken);

    private static Task ActAsync(IHostShell host, RemoteCommand command, CancellationToken cancellationToken) =>
        RunAsync(host, command, s_actionTimeout, cancellationToken);

    private async Task CopyAsync(IHostShell host, RemoteCommand command, CancellationToken cancellationToken) => Require(
        host, command, await new LongWork(host, _timing).RunAsync(command, lines: null, cancellationToken).ConfigureAwait(false));

    private static async Task RunAsync(
        IHostShell host, RemoteCommand command, TimeSpan timeout, CancellationToken cancellationToken) => Require(
        host, command, await host.RunAsync(command, timeout, lines: null, cancellationToken).ConfigureAwait(false));

    private static void Require(IHostShell host, RemoteCommand command, CommandResult result)
    {
        if (!result.Succeeded)
        {
            throw ToolFailure.Of("virsh", host.Endpoint.ComputerName, command, result);
        }
    }
}
