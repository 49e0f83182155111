namespace XenMigrate;

/// <summary>How a guest is moved.</summary>
public enum MigrationMode
{
    /// <summary>It runs while its memory is copied.</summary>
    Live,

    /// <summary>It stands still from the first byte to the last.</summary>
    Offline,

    /// <summary>It ran at first, would not converge, and stood still for the rest.</summary>
    LiveThenOffline,
}

/// <summary>Where a guest is after a move.</summary>
public enum MigrationOutcome
{
    /// <summary>It runs at the destination, and only there.</summary>
    Succeeded,

    /// <summary>A check said no; nothing was touched.</summary>
    Refused,

    /// <summary>The move failed; the guest runs at the source.</summary>
    FailedSourceRunning,

    /// <summary>The move failed; the guest is at the source and does not run.</summary>
    FailedSourceSuspended,

    /// <summary>Stopped on request or at a limit, or given up since the guest is too busy; it runs at the source.</summary>
    Aborted,

    /// <summary>It can't be told who has the guest. Nothing may be started before somebody looked.</summary>
    Undetermined,
}

/// <summary>How a downtime was measured.</summary>
public enum DowntimeBasis
{
    /// <summary>From the source's word that the guest suspended to the destination's that it runs, as they arrived.</summary>
    LogMarkers,

    /// <summary>From outside, by asking the guest again and again.</summary>
    Probe,

    /// <summary>By our own clock between the commands that stop and start the guest.</summary>
    Commands,

    /// <summary>By the transfer itself, from the guest's pause to the destination's word that it runs.</summary>
    Transfer,
}
