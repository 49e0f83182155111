namespace XenMigrate.Tests;

/// <summary>xl, but for its live move, which is a test's.</summary>
internal sealed class LiveToolstack(IHostShell shell, Func<CancellationToken, Task<TransferRecord>> migrate)
    : Toolstack(shell, s_none, Timing.Real)
{
    private static readonly ToolCommands s_none = new("xl", (_, _) => throw new NotSupportedException(), Never, Never, Never, Never);

    private readonly XlToolstack _xl = new(shell, Timing.Real);

    public override ToolstackKind Kind => _xl.Kind;

    public override bool MovesOfflineItself => _xl.MovesOfflineItself;

    /// <summary>Whether its transfer obeys what it is told of its pre-copy.</summary>
    public bool Obeys { get; init; }

    public override Question<XenInformation> Information
    {
        get
        {
            Question<XenInformation> question = _xl.Information;
            return question with { Read = results => Can(question.Read(results)) };
        }
    }

    /// <summary>What comes in place of its guests; null where it tells of them.</summary>
    public XenMigrateException? Silence { get; init; }

    public override Question<IReadOnlyList<Guest>> Guests => Silence is { } silence ? new(_xl.Guests.Commands, _ => throw silence) : _xl.Guests;

    public override Toolstack Via(IHostShell other) => new LiveToolstack(other, migrate) { Obeys = Obeys, Silence = Silence };

    public override Task RenameAsync(int id, string newName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SaveAsync(int id, string path, SaveMode mode, IProgress<int>? percent, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task RestoreAsync(
        string path, string? configurationPath, bool paused, IProgress<int>? percent, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task<TransferRecord> MigrateAsync(
        TransferRequest request, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken) =>
        migrate(cancellationToken);

    private static RemoteCommand Never(int id) => throw new NotSupportedException();

    private XenInformation Can(XenInformation xen) =>
        Obeys ? xen with { Capabilities = [.. xen.Capabilities, PreCopyOptions.Capability] } : xen;
}
