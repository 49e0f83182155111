namespace XenMigrate;

/// <summary>What a live move of a guest would come to, by how it writes its memory now.</summary>
public sealed record MigrationForecast
{
    /// <summary>The guest's name.</summary>
    public string Name { get; internal init => field = PrintableText.Line(value); } = "";

    public string Source { get; internal init; } = "";

    public string Destination { get; internal init; } = "";

    /// <summary>From the start of the transfer until both hosts told where the guest is; null if nobody can tell.</summary>
    public TimeSpan? Duration { get; internal init; }

    /// <summary>The rounds while the guest runs; empty if nobody can tell.</summary>
    public IReadOnlyList<MigrationIteration> Iteration { get; internal init => field = value.Indexed(); } = IndexedList<MigrationIteration>.None;

    /// <summary>How long the guest would stand still; null if nobody can tell.</summary>
    public TimeSpan? Downtime { get; internal init; }

    /// <summary>The parts of that.</summary>
    public DowntimeParts? DowntimePart { get; internal init; }

    /// <summary>The pause that is allowed.</summary>
    public TimeSpan MaximumDowntime { get; internal init; }

    /// <summary>Whether the pause would be no longer than allowed; null if nobody can tell.</summary>
    public bool? Converges { get; internal init; }

    /// <summary>Bytes of memory that the guest writes per second, different pages only; null if they could not be counted.</summary>
    public double? DirtyBytesPerSecond { get; internal init; }

    /// <summary>Bytes of memory that go to the destination per second; null if nobody can tell.</summary>
    public double? BytesPerSecond { get; internal init; }

    /// <summary>What it rests on.</summary>
    public string Basis { get; internal init => field = PrintableText.Of(value); } = "";

    /// <summary>What would help, or why there is no forecast; null if nothing has to.</summary>
    public string? Advice { get; internal init => field = PrintableText.OfOrNull(value); }

    public override string ToString() => Duration is { } duration && Downtime is { } pause
        ? $"time: about {Figures.Time(duration)} in {Iteration.Count} rounds; pause: about {Figures.Time(pause)}{(Converges == false ? $", and {Figures.Time(MaximumDowntime)} are allowed. {Advice}" : "")}"
        : $"time and pause not known: {Advice}";
}
