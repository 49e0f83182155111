namespace XenMigrate;

/// <summary>What is done to the memory on its way, where both ends can.</summary>
public enum StreamCompression
{
    /// <summary>It is sent as it is.</summary>
    None,

    /// <summary>Pages that hold zeros only are named, not sent.</summary>
    ZeroPages,

    /// <summary>Zstandard at its fastest level.</summary>
    Zstd,
}
