namespace XenMigrate.Tests;

/// <summary>xl, but for its live move, which is a test's.</summary>
internal sealed class LiveToolstack(Func<CancellationToken, Task<TransferRecord>> migrate) : IToolstack
{
    private readonly XlToolstack _xl = new(Timing.Real);

    public ToolstackKind Kind => _xl.Kind;

    public IToolstack? Alternative => null;

    public bool MovesOfflineItself => _xl.MovesOfflineItself;

    /// <summary>Whether its transfer obeys what it is told of its pre-copy.</summary>
    public bool Obeys { get; init; }

    public Question<XenInformation> InformationQuestion(string host)
    {
        Question<XenInformation> question = _xl.InformationQuestion(host);
        return question with { Read = results => Can(question.Read(results)) };
    }

    public Question<IReadOnlyList<Guest>> ListQuestion(string host) => _xl.ListQuestion(host);

    public Task<IReadOnlyList<Guest>> ListAsync(IHostShell host, CancellationToken cancellationToken) =>
        _xl.ListAsync(host, cancellationToken);

    public Task<IReadOnlyList<Guest>> ListStatesAsync(IHostShell host, CancellationToken cancellationToken) =>
        _xl.ListStatesAsync(host, cancellationToken);

    public Task CreateAsync(IHostShell host, string configurationPath, bool paused, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task PauseAsync(IHostShell host, int id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task UnpauseAsync(IHostShell host, int id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ShutDownAsync(IHostShell host, int id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DestroyAsync(IHostShell host, int id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RenameAsync(IHostShell host, int id, string newName, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SaveAsync(
        IHostShell host, int id, string path, SaveMode mode, IProgress<int>? percent, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task RestoreAsync(
        IHostShell host, string path, string? configurationPath, bool paused, IProgress<int>? percent, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<TransferRecord> MigrateAsync(
        TransferRequest request, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken) =>
        migrate(cancellationToken);

    private XenInformation Can(XenInformation xen) =>
        Obeys ? xen with { Capabilities = [.. xen.Capabilities, PreCopyOptions.Capability] } : xen;
}
