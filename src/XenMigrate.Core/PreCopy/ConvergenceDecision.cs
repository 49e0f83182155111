namespace XenMigrate;

/// <summary>What to do after a round of pre-copy.</summary>
public enum ConvergenceDecision
{
    /// <summary>Send what was dirtied meanwhile, in another round.</summary>
    Continue,

    /// <summary>The rest fits into the allowed pause: pause the guest, send the rest, start it there.</summary>
    StopAndCopy,

    /// <summary>It never will fit: pause the guest all the same, and finish offline.</summary>
    GoOffline,

    /// <summary>It never will fit: give up; the guest goes on at the source.</summary>
    Abort,
}
