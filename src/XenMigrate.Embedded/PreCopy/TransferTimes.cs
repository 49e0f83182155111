namespace XenMigrate.Embedded.PreCopy;

/// <summary>How long the two ends wait for each other.</summary>
internal sealed record TransferTimes
{
    /// <summary>For the first answer: xend's client has waited as long since 3.4.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For any byte, once the transfer is under way.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long half a guest stays after its transfer ended: xend's source keeps the socket open until Python collects it, which
    /// took it 84 s once.
    /// </summary>
    public TimeSpan Collection { get; init; }
}
