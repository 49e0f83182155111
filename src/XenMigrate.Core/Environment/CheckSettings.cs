using System;

namespace XenMigrate.Environment;

/// <summary>What whoever asks for the checks may say of how they are made.</summary>
internal sealed record CheckSettings
{
    /// <summary>How far the hosts' clocks may be apart before it is a warning.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether to write a file beside each disk on one host and to read it on the other. It is the only thing of all
    /// checks that writes, so it needs consent.
    /// </summary>
    public bool IncludeWriteTest { get; init; }
}
