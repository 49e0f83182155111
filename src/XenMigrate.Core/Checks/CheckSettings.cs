namespace XenMigrate.Checks;

/// <summary>What whoever asks for the checks may say of how they are made.</summary>
internal sealed record CheckSettings
{
    private static readonly TimeSpan s_usualClockFailure = TimeSpan.FromSeconds(30);

    public static CheckSettings Default { get; } = new();

    /// <summary>How far the hosts' clocks may be apart before it is a warning; not negative.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How far they may be apart before it is a failure: half a minute, unless more than that is tolerated.</summary>
    public TimeSpan ClockFailure => ClockTolerance > s_usualClockFailure ? ClockTolerance : s_usualClockFailure;

    /// <summary>
    /// Whether to write a file beside each disk on one host and to read it on the other. It is the only thing of all
    /// checks that writes, so it needs consent.
    /// </summary>
    public bool IncludeWriteTest { get; init; }
}
