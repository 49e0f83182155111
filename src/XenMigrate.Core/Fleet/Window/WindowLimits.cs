namespace XenMigrate.Fleet.Window;

/// <summary>How much may be under way at a time.</summary>
internal sealed record WindowLimits
{
    /// <summary>Moves in all; at least 1.</summary>
    public int ThrottleLimit { get; init; } = 2;

    /// <summary>Moves out of one host; at least 1.</summary>
    public int OutOfHost { get; init; } = int.MaxValue;

    /// <summary>Moves into one host; at least 1.</summary>
    public int IntoHost { get; init; } = int.MaxValue;

    /// <summary>
    /// MiB that each host has free before the first move, by its name; of a host that is not in it, nothing is known
    /// and nothing is kept free.
    /// </summary>
    public IReadOnlyDictionary<string, long> FreeMemoryMB { get; init; } = new Dictionary<string, long>();

    /// <summary>So many in all, and so many out of one host and into one; null where only the first counts.</summary>
    public static WindowLimits Of(int throttleLimit, int? perHost) =>
        new() { ThrottleLimit = throttleLimit, OutOfHost = perHost ?? int.MaxValue, IntoHost = perHost ?? int.MaxValue };

    /// <exception cref="ArgumentOutOfRangeException">A limit would let nothing through.</exception>
    public void Validate()
    {
        foreach (int limit in new[] { ThrottleLimit, OutOfHost, IntoHost })
        {
            if (limit < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(limit), limit, "A limit of moves is 1 at least.");
            }
        }
    }
}
