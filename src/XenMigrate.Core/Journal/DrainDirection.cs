namespace XenMigrate.Journal;

/// <summary>Which way the guests go.</summary>
internal enum DrainDirection
{
    Out,
    Back,
}
