namespace XenMigrate;

/// <summary>How far a move is.</summary>
/// <param name="Guest">The guest's name.</param>
/// <param name="Step">Which step is under way.</param>
/// <param name="Status">The step in words, with figures.</param>
/// <param name="Percent">0 to 100, or null if nobody can tell.</param>
/// <param name="BytesWritten">What the transport wrote so far, or null.</param>
/// <param name="BytesPerSecond">The rate since the last report, or null.</param>
public sealed record MigrationProgress(
    string Guest,
    MigrationStep Step,
    string Status,
    int? Percent = null,
    long? BytesWritten = null,
    double? BytesPerSecond = null)
{
    public string Guest { get; init => field = PrintableText.Line(value); } = PrintableText.Line(Guest);

    public string Status { get; init => field = PrintableText.Line(value); } = PrintableText.Line(Status);
}

/// <summary>The steps of a move, in order.</summary>
public enum MigrationStep
{
    Checking,
    CopyingMemory,
    Suspended,
    Starting,
    Saving,
    Restoring,
    Finishing,
    Aborting,
    Reconciling,
    Done,
}
