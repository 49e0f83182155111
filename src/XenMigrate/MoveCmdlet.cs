namespace XenMigrate;

/// <summary>A cmdlet that moves guests: how they are to be moved, and what is asked meanwhile.</summary>
public abstract class MoveCmdlet : GuestSearchCmdlet, IMoveAudience
{
    private MoveSettings _settings = null!;
    private GuestMover _mover = null!;
    private PastMoves _past = PastMoves.None;
    private bool _yesToAll;
    private bool _noToAll;
    private bool _pauseAll;
    private bool _pauseNone;

    /// <summary>Live: how long the guest may stand still, by the transfer's own prediction; 3 s without it.</summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? MaximumDowntime { get; set; }

    /// <summary>Live: gives the move up if the guest stands still for longer than -MaximumDowntime after all.</summary>
    [Parameter]
    public SwitchParameter EnforceDowntime { get; set; }

    /// <summary>Live: what to do with a guest that is too busy for that.</summary>
    [Parameter]
    public OfflineFallback? OfflineFallback { get; set; }

    /// <summary>Live: bytes per second to send at most, while the guest runs.</summary>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long? Bandwidth { get; set; }

    /// <summary>Live: what the memory is packed with on its way; both hosts have to have the save helper.</summary>
    [Parameter]
    public StreamCompression Compression { get; set; }

    /// <summary>Live: gives a guest less processor time that is too busy otherwise, before anything else is done about it.</summary>
    [Parameter]
    public SwitchParameter Throttle { get; set; }

    /// <summary>Moves by Xen's own save helper, though hosts have XenMigrate's.</summary>
    [Parameter]
    public SwitchParameter NoHelper { get; set; }

    /// <summary>Live: the way that the memory may go; Auto is the toolstack's.</summary>
    [Parameter]
    public MigrationTransport Transport { get; set; }

    /// <summary>Answers yes where it is asked whether a guest may stand still, for its move or for longer than allowed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Stops the move after this time, as long as the guest still runs at the source; with -OfflineFallback Always, pauses
    /// the guest then and finishes.
    /// </summary>
    [Parameter]
    [Seconds]
    [ValidateNotNull]
    public TimeSpan? Timeout { get; set; }

    /// <summary>The destination's name or address as the source knows it, if not by the name given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string? MigrationAddress { get; set; }

    /// <summary>Keeps the guest's definition at the destination, where the toolstack has definitions: libvirt.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <summary>Removes the guest's definition from the source once it moved, where the toolstack has definitions: libvirt.</summary>
    [Parameter]
    public SwitchParameter RemoveSourceDefinition { get; set; }

    /// <summary>Ids or categories of checks to leave out, with wildcards; '*' leaves out all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CheckCompleter))]
    public string[] SkipCheck { get; set; } = [];

    /// <summary>Returns each guest that was moved, at its destination, in place of the result.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The folder of the journals, one for each move; the user's own without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogPath { get; set; }

    /// <summary>Whether guests run while they are copied, where nothing else is said of one.</summary>
    private protected abstract bool MovesLive { get; }

    /// <summary>Whether some may, as far as is known before the pipeline brings any.</summary>
    private protected virtual bool MayMoveLive => MovesLive;

    /// <summary>Whether a longer pause need not be asked about.</summary>
    private protected virtual bool LongerPauseAgreed => Force;

    /// <summary>How strictly the checks of each move judge.</summary>
    private protected virtual CheckSettings CheckSettings => CheckSettings.Default;

    /// <summary>What the moves of this call have in common in their journals.</summary>
    private protected Guid Batch { get; } = Guid.NewGuid();

    /// <summary>Where the journals lie.</summary>
    private protected LogFolder Journals { get; private set; } = null!;

    /// <summary>What -SkipCheck leaves.</summary>
    private protected CheckSelection Checks { get; private set; } = CheckSelection.Everything;

    /// <summary>Says what would be done, where nothing is; null where moves are made.</summary>
    private protected MoveRehearsal? Rehearsal { get; set; }

    private PreCopyChoice Choice => new(MaximumDowntime, OfflineFallback, Bandwidth, LongerPauseAgreed)
    {
        Enforce = EnforceDowntime,
        Compression = Compression,
        Throttle = Throttle,
    };

    /// <exception cref="PSArgumentException">What was said makes no sense, or not of moves that are not live.</exception>
    private protected void RequireObeyed(bool live)
    {
        Choice.Validate(live);
        if (Transport != MigrationTransport.Auto && !live)
        {
            throw new PSArgumentException("-Transport only works with -Live, because other moves go by a folder that both hosts have. Add -Live, or leave -Transport out.");
        }
    }

    protected override async Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        RequireObeyed(MayMoveLive);
        Argument.RequirePositive("-Timeout", Timeout, "Leave it out to set no limit.");

        try
        {
            Checks = CheckSelection.AllBut(SkipCheck);
        }
        catch (CheckNotFoundException e)
        {
            throw new TerminatingErrorException(e);
        }

        Journals = await AskAsync(() => LogFolder.Resolve(Sessions, SessionState, LogPath)).ConfigureAwait(false);
        _past = new PastMoves(Journals.All);
        MigrationOptions options = new()
        {
            Live = MovesLive,
            MigrationAddress = MigrationAddress,
            Persist = Persist,
            RemoveSourceDefinition = RemoveSourceDefinition,
            Timeout = Timeout,
            Checks = Checks,
            Helper = NoHelper ? null : HelperPackage.Shipped(),
            OnlyBySsh = Transport == MigrationTransport.Ssh,
            CheckSettings = CheckSettings,
        };
        _settings = new MoveSettings(options, Choice, PassThru) { LossAgreed = Force };
        _mover = MoverFor(this);
    }

    /// <inheritdoc cref="GuestMover.MoveAndTellAsync"/>
    private protected Task<MigrationResult?> MoveAndTellAsync(GuestMove move, object target, CancellationToken cancellationToken) =>
        _mover.MoveAndTellAsync(move, target, cancellationToken);

    /// <inheritdoc cref="GuestMover.Tell"/>
    private protected MigrationResult Tell(MigrationResult result, object target) => _mover.Tell(result, target);

    /// <summary>Moves guests as this call says, and tells whoever it is to be told to.</summary>
    private protected GuestMover MoverFor(IMoveAudience audience) => new(
        _settings,
        move => new JournaledMove(Journals.Of(move.Source), Batch, Timing.Real) { Prune = Journals.Prune },
        audience);

    /// <summary>Asks whether a move may begin that nothing speaks against.</summary>
    /// <exception cref="OfflineMoveNotAgreedException">The guest would stand still, and there is nobody to ask.</exception>
    private protected virtual Task<bool> ConfirmMoveAsync(MigrationPlan plan) =>
        ConfirmAsync(new MoveQuestion(plan.Guest, plan.Source, plan.Destination, plan.Mode), Rehearsal?.Next(plan));

    /// <inheritdoc cref="ConfirmMoveAsync"/>
    private protected async Task<bool> ConfirmAsync(MoveQuestion question, string? action) =>
        await ConfirmAsync(question.Target, action ?? question.Action).ConfigureAwait(false)
        && (!question.IsPause || Force || (await AskAsync(() => MayPause(question)).ConfigureAwait(false)
            ?? throw new OfflineMoveNotAgreedException(question.Guest, question.Destination)));

    private bool? MayPause(MoveQuestion question) => Preference.HasConfirmed(this) ? true : Interactivity.Ask(Host, () =>
        ShouldContinue(question.Pause(_past), MoveQuestion.PauseCaption, ref _pauseAll, ref _pauseNone));

    bool IMoveAudience.HearsAfterStop => false;

    void IMoveAudience.Write(object value) => Post(() => WriteObject(value));

    void IMoveAudience.WriteError(XenMigrateException error, object? target) => PostError(error, target);

    void IMoveAudience.WriteWarning(string message) => Post(() => WriteWarning(message));

    void IMoveAudience.WriteProgress(ProgressRecord record) => PostProgress(record);

    void IMoveAudience.SayAfterStop(string message) => SayAfterStop(message);

    Task<bool> IMoveAudience.IsInteractiveAsync() => AskAsync(() => Interactivity.Of(Host));

    Task<bool> IMoveAudience.MayMoveAsync(MigrationPlan plan) => ConfirmMoveAsync(plan);

    Task<bool> IMoveAudience.MayLoseAsync(string question) => AskAsync(() => Interactivity.Ask(
        Host, () => ShouldContinue(question, "The guest may be lost")) ?? false);

    Task<bool> IMoveAudience.MayPauseLongerAsync(string question) => AskAsync(() => Interactivity.Ask(
        Host, () => ShouldContinue(question, "The guest is too busy to be moved live", ref _yesToAll, ref _noToAll)) ?? false);
}
