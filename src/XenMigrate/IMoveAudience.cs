namespace XenMigrate;

/// <summary>Who hears of moves, and is asked about them: a pipeline, or a job that goes on without it.</summary>
internal interface IMoveAudience
{
    /// <summary>Whether results and errors still reach somebody once the moves were told to stop.</summary>
    bool HearsAfterStop { get; }

    void Write(object value);

    void WriteError(XenMigrateException error, object? target);

    void WriteWarning(string message);

    void WriteProgress(ProgressRecord record);

    /// <summary>Says what is so after a stop.</summary>
    void SayAfterStop(string message);

    /// <summary>Whether there is somebody to ask.</summary>
    Task<bool> IsInteractiveAsync();

    /// <summary>Whether a move may begin that nothing speaks against.</summary>
    Task<bool> MayMoveAsync(MigrationPlan plan);

    /// <summary>ShouldContinue about a guest that might be lost for good; not agreed to where nobody can be asked.</summary>
    Task<bool> MayLoseAsync(string question);

    /// <summary>ShouldContinue about a guest that would stand still for longer than allowed; not asked where nobody is.</summary>
    Task<bool> MayPauseLongerAsync(string question);
}
