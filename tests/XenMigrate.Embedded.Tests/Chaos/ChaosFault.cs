namespace XenMigrate.Embedded.Tests.Chaos;

/// <summary>What goes wrong in one run, and when.</summary>
internal enum ChaosKind
{
    Nothing,
    LinkResetAfterBytes,
    LinkSilentAfterBytes,
    LinkReset,
    LinkSilent,
    DestinationXendRestarts,
    SourceXendRestarts,
    DestinationSessionsBreak,
    SourceSessionsBreak,
    Stop,
    Kill,
}

/// <param name="Kind">What goes wrong.</param>
/// <param name="Delay">How long after the first transfer began.</param>
/// <param name="Bytes">After how many bytes of a connection a link is cut that is cut by its bytes.</param>
internal sealed record ChaosFault(ChaosKind Kind, TimeSpan Delay, long Bytes)
{
    public static ChaosFault Choose(Random random) => new(
        random.GetItems(Enum.GetValues<ChaosKind>(), 1)[0],
        TimeSpan.FromMilliseconds(random.Next(0, 250)),
        random.NextInt64(1, 6 << 20));

    /// <summary>Before the moves begin: what new connections have to know.</summary>
    public LinkFaults Link(long bytesPerSecond) => new()
    {
        BytesPerSecond = bytesPerSecond,
        CutAfterBytes = Kind is ChaosKind.LinkResetAfterBytes or ChaosKind.LinkSilentAfterBytes ? Bytes : null,
        CutAfterKind = Kind == ChaosKind.LinkSilentAfterBytes ? LinkCut.Silent : LinkCut.Reset,
    };

    /// <summary>While they are under way.</summary>
    /// <param name="source">The host that most guests leave.</param>
    /// <param name="destination">The other.</param>
    /// <param name="stop">Ctrl+C.</param>
    /// <param name="kill">The end of the client's process.</param>
    public void Strike(EmbeddedHost source, EmbeddedHost destination, Action stop, Action kill)
    {
        switch (Kind)
        {
            case ChaosKind.LinkReset:
                source.Faults.CutLink(LinkCut.Reset);
                break;
            case ChaosKind.LinkSilent:
                source.Faults.CutLink(LinkCut.Silent);
                break;
            case ChaosKind.DestinationXendRestarts:
                Restart(destination);
                break;
            case ChaosKind.SourceXendRestarts:
                Restart(source);
                break;
            case ChaosKind.DestinationSessionsBreak:
                destination.DropConnections();
                break;
            case ChaosKind.SourceSessionsBreak:
                source.DropConnections();
                break;
            case ChaosKind.Stop:
                stop();
                break;
            case ChaosKind.Kill:
                kill();
                break;
            default:
                break;
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Kind} after {Delay.TotalMilliseconds:0} ms or {Bytes} bytes");

    private static void Restart(EmbeddedHost host)
    {
        host.Xend.Stop();
        _ = host.Xend.Start();
    }
}
