namespace XenMigrate.Fleet.Window;

/// <summary>What a move came to, from whoever made it.</summary>
internal sealed record MoveEnd<TResult>(TResult Value, Landing Landing);

/// <summary>What became of one move that was given to the window; there is exactly one for each.</summary>
/// <param name="Move">The move.</param>
/// <param name="Outcome">Whether it was made.</param>
/// <param name="Value">What it came to, if it was.</param>
/// <param name="Error">Why it could not be, if that is why.</param>
internal sealed record WindowResult<TMove, TResult>(
    QueuedMove<TMove> Move, WindowOutcome Outcome, TResult? Value = default, XenMigrateException? Error = null)
{
    /// <summary>When it began, by the window's clock; null if it never did.</summary>
    public TimeSpan? Began { get; init; }

    public TimeSpan? Ended { get; init; }
}

internal enum WindowOutcome
{
    /// <summary>It was made, well or not.</summary>
    Made,

    /// <summary>It ended by an error, before anything was known of it.</summary>
    Failed,

    /// <summary>It never began, or gave up before it touched anything: the whole was stopped.</summary>
    NotBegun,
}
