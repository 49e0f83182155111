namespace XenMigrate;

/// <summary>The pipeline that moves guests hears of them, and the person in front of it is asked.</summary>
internal sealed class PipelineAudience(MoveCmdlet cmdlet, PastMoves past) : IMoveAudience
{
    private bool _yesToAll;
    private bool _noToAll;
    private bool _pauseAll;
    private bool _pauseNone;

    /// <summary>Says what would be done, where nothing is; null where moves are made.</summary>
    public MoveRehearsal? Rehearsal { get; set; }

    public bool HearsAfterStop => false;

    public void Write(object value) => cmdlet.Post(() => cmdlet.WriteObject(value));

    public void WriteError(XenMigrateException error, object? target) => cmdlet.PostError(error, target);

    public void WriteWarning(string message) => cmdlet.Post(() => cmdlet.WriteWarning(message));

    public void WriteVerbose(string message) => cmdlet.Post(() => cmdlet.WriteVerbose(message));

    public void SayAfterStop(string message) => cmdlet.SayAfterStop(message);

    public IBatchProgress Show(int moves) => new BatchProgress(cmdlet.PostProgress, moves, Timing.Real);

    public Task<bool> IsInteractiveAsync() => cmdlet.AskAsync(() => Interactivity.Of(cmdlet.Host));

    public async Task<bool> MayMoveAsync(MigrationPlan plan) => await ConfirmAsync(
        new MoveQuestion(plan.Guest, plan.From, plan.To, plan.Mode),
        Rehearsal is { } rehearsal ? await rehearsal.NextAsync(plan).ConfigureAwait(false) : null).ConfigureAwait(false);

    public Task<bool> MayLoseAsync(string question) => cmdlet.AskAsync(() => Interactivity.Ask(
        cmdlet.Host, () => cmdlet.ShouldContinue(question, "The guest may be lost")) ?? false);

    public Task<bool> MayPauseLongerAsync(string question) => cmdlet.AskAsync(() => Interactivity.Ask(
        cmdlet.Host, () => cmdlet.ShouldContinue(question, "The guest is too busy to be moved live", ref _yesToAll, ref _noToAll)) ?? false);

    /// <summary>Asks whether a move may begin that nothing speaks against.</summary>
    /// <exception cref="OfflineMoveNotAgreedException">The guest would stand still, and there is nobody to ask.</exception>
    public async Task<bool> ConfirmAsync(MoveQuestion question, string? action) =>
        await cmdlet.ConfirmAsync(question.Target, action ?? question.Action).ConfigureAwait(false)
        && (!question.IsPause || cmdlet.Force || (await cmdlet.AskAsync(() => MayPause(question)).ConfigureAwait(false)
            ?? throw new OfflineMoveNotAgreedException(question.Guest, question.Destination.Name)));

    private bool? MayPause(MoveQuestion question) => Preference.HasConfirmed(cmdlet) ? true : Interactivity.Ask(cmdlet.Host, () =>
        cmdlet.ShouldContinue(question.Pause(past), MoveQuestion.PauseCaption, ref _pauseAll, ref _pauseNone));
}
