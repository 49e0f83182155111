namespace XenMigrate.SaveHelper.Save;

/// <summary>What a round sent, and how long it took: figures of its beginning until it ends.</summary>
/// <param name="WireBytes">Bytes on the wire.</param>
/// <param name="DataBytes">Bytes before packing, without zeros that were only named.</param>
internal sealed record RoundMeasure(long Pages, long WireBytes, long DataBytes, TimeSpan Duration)
{
    private long Since { get; init; }

    public static RoundMeasure Begin(StreamPump pump, long pages, long? since = null) =>
        new(pages, pump.WireBytes, pump.DataBytes, TimeSpan.Zero) { Since = since ?? Stopwatch.GetTimestamp() };

    public RoundMeasure End(StreamPump pump) => this with
    {
        WireBytes = pump.WireBytes - WireBytes,
        DataBytes = pump.DataBytes - DataBytes,
        Duration = Stopwatch.GetElapsedTime(Since),
    };
}
