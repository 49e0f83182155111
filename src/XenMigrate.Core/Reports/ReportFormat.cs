namespace XenMigrate;

/// <summary>How a report is written.</summary>
public enum ReportFormat
{
    /// <summary>One page for a browser, which needs no other file, no network and no script.</summary>
    Html,

    /// <summary>For programs; the names in it are stable.</summary>
    Json,

    /// <summary>XML as test tools write it, which build servers show: a move or a check is a test case.</summary>
    JUnit,
}
