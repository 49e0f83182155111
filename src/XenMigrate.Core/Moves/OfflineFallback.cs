namespace XenMigrate;

/// <summary>What becomes of a live move whose guest dirties memory faster than it can be sent.</summary>
public enum OfflineFallback
{
    /// <summary>It is given up, and the guest runs on at the source.</summary>
    Never,

    /// <summary>It is given up; then somebody is asked, and if the answer is yes, moved with a longer pause.</summary>
    Prompt,

    /// <summary>The guest is paused for longer than allowed, and the move is finished.</summary>
    Always,
}
