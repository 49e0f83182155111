namespace XenMigrate.Fleet.Batches;

/// <summary>
/// The one door from the engine back to whoever began moves: it hears of them, and answers. A pipeline is one, and a job
/// that goes on without it.
/// </summary>
internal interface IMoveAudience
{
    /// <summary>Whether results and errors still reach somebody once the moves were told to stop.</summary>
    bool HearsAfterStop { get; }

    /// <summary>Gives out a result, or a guest that came to its destination.</summary>
    void Write(object value);

    void WriteError(XenMigrateException error, object? target);

    void WriteWarning(string message);

    void WriteVerbose(string message);

    /// <summary>Says what is so after a stop.</summary>
    void SayAfterStop(string message);

    /// <summary>Shows how far so many moves are, until it is disposed.</summary>
    IBatchProgress Show(int moves);

    /// <summary>Whether there is somebody to ask.</summary>
    Task<bool> IsInteractiveAsync();

    /// <summary>Whether a move may begin that nothing speaks against.</summary>
    Task<bool> MayMoveAsync(MigrationPlan plan);

    /// <summary>Asks about a guest that might be lost for good; not agreed to where nobody can be asked.</summary>
    Task<bool> MayLoseAsync(string question);

    /// <summary>Asks about a guest that would stand still for longer than allowed; not agreed to where nobody can be asked.</summary>
    Task<bool> MayPauseLongerAsync(string question);
}

/// <summary>How far the moves of one call are.</summary>
internal interface IBatchProgress : IDisposable
{
    void Began();

    /// <param name="hasBegun">Whether it was told of before.</param>
    void Ended(bool hasBegun);

    /// <summary>How far one of them is.</summary>
    IMoveProgress Of(GuestMove move);
}

/// <summary>How far one move is.</summary>
internal interface IMoveProgress : IProgress<MigrationProgress>, IDisposable;
