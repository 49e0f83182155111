namespace XenMigrate.PreCopy;

/// <summary>
/// What the caller wants of a pre-copy transfer. It travels to the transfer as one environment variable of the one
/// command that moves the guest, which tools that know nothing of it ignore.
/// </summary>
internal sealed record PreCopyOptions
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "XENMIGRATE_PRECOPY";

    /// <summary>The pause that is allowed where nobody said anything.</summary>
    public static TimeSpan UsualDowntime { get; } = TimeSpan.FromSeconds(3);

    /// <summary>What a host's capabilities hold if its transfer obeys the variable.</summary>
    public const string Capability = "xenmigrate-precopy";

    /// <summary>The pause that is allowed, all its parts together, compared with the prediction.</summary>
    public TimeSpan MaximumDowntime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Whether a guest that will not converge is paused and finished; otherwise the move is given up.</summary>
    public bool OfflineFallback { get; init; }

    /// <summary>Bytes per second on the wire while the guest runs; null for no cap.</summary>
    public long? BandwidthLimit { get; init; }

    /// <summary>Whether the cap holds for the last pass too, with the guest paused.</summary>
    public bool KeepLimitWhilePaused { get; init; }

    /// <summary>How long the live rounds may take in all; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>What the pause takes beside the copy, by earlier moves: the allowed pause is for all of it. Zero if nobody knows.</summary>
    public DowntimeParts Fixed { get; init; } = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>TCP connections to send over: 1 or 2.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>
    /// Whether the allowed pause is a hard limit: a last pass that does not end in time is given up, and the guest goes on
    /// at the source.
    /// </summary>
    public bool EnforceDowntime { get; init; }

    /// <summary>What the stream is packed with, where both ends can.</summary>
    public StreamCompression Compression { get; init; }

    /// <summary>Whether a guest that will not converge is given less processor time, before it is given up or paused.</summary>
    public bool Throttle { get; init; }

    /// <summary>The variable's value: "downtime=0.3,fallback=offline,bandwidth=…".</summary>
    public override string ToString()
    {
        List<string> parts = [$"downtime={Seconds(MaximumDowntime)}", $"fallback={(OfflineFallback ? "offline" : "abort")}"];
        if (BandwidthLimit is { } limit)
        {
            parts.Add("bandwidth=" + limit.ToString(CultureInfo.InvariantCulture));
        }

        if (KeepLimitWhilePaused)
        {
            parts.Add("keeplimit=yes");
        }

        if (TimeLimit is { } time)
        {
            parts.Add("timelimit=" + Seconds(time));
        }

        if (Fixed.Suspension > TimeSpan.Zero)
        {
            parts.Add("suspension=" + Seconds(Fixed.Suspension));
        }

        if (Fixed.Start > TimeSpan.Zero)
        {
            parts.Add("start=" + Seconds(Fixed.Start));
        }

        if (Connections != 1)
        {
            parts.Add("connections=" + Connections.ToString(CultureInfo.InvariantCulture));
        }

        if (EnforceDowntime)
        {
            parts.Add("enforce=yes");
        }

        if (Compression != StreamCompression.None)
        {
            parts.Add("compression=" + (Compression == StreamCompression.Zstd ? "zstd" : "zeros"));
        }

        if (Throttle)
        {
            parts.Add("throttle=yes");
        }

        return string.Join(",", parts);
    }

    /// <summary>Reads the variable's value. What it does not know, or can't read, it refuses.</summary>
    /// <exception cref="FormatException">It is no such value; the message says where.</exception>
    public static PreCopyOptions Parse(string text) => text
        .Split([','], StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(new PreCopyOptions(), (options, part) => options.With(part));

    private PreCopyOptions With(string part)
    {
        string[] pair = part.Split(['='], 2);
        string value = pair.Length == 2 ? pair[1] : "";
        return (pair[0], value) switch
        {
            ("downtime", _) when Time(value) is { } time => this with { MaximumDowntime = time },
            ("fallback", "offline") => this with { OfflineFallback = true },
            ("fallback", "abort") => this with { OfflineFallback = false },
            ("bandwidth", _) when Count(value) is { } bytes => this with { BandwidthLimit = bytes },
            ("keeplimit", "yes") => this with { KeepLimitWhilePaused = true },
            ("timelimit", _) when Time(value) is { } time => this with { TimeLimit = time },
            ("suspension", _) when Time(value) is { } time => this with { Fixed = Fixed with { Suspension = time } },
            ("start", _) when Time(value) is { } time => this with { Fixed = Fixed with { Start = time } },
            ("enforce", "yes") => this with { EnforceDowntime = true },
            ("compression", "zeros") => this with { Compression = StreamCompression.ZeroPages },
            ("compression", "zstd") => this with { Compression = StreamCompression.Zstd },
            ("throttle", "yes") => this with { Throttle = true },
            ("connections", "1" or "2") => this with { Connections = value == "1" ? 1 : 2 },
            _ => throw new FormatException($"{Variable} does not know '{part}'."),
        };
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);

    private static TimeSpan? Time(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds)
            && seconds <= 1_000_000
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;

    private static long? Count(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count > 0 ? count : null;
}
