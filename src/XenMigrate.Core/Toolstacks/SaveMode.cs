namespace XenMigrate.Toolstacks;

/// <summary>What becomes of a guest once its image is written.</summary>
internal enum SaveMode
{
    Destroy,
    KeepRunning,
    KeepPaused,
}
