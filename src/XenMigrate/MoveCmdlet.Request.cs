namespace XenMigrate;

/// <content>What is asked of the engine: the guests that were taken in, and how they are to be moved.</content>
public abstract partial class MoveCmdlet
{
    private readonly List<GuestMove> _moves = [];
    private readonly List<RefusedMove> _refused = [];
    private PastMoves _past = PastMoves.None;

    /// <summary>Whether guests run while they are copied, where nothing else is said of one.</summary>
    internal abstract bool MovesLive { get; }

    /// <summary>Whether some may, as far as is known before the pipeline brings any.</summary>
    private protected virtual bool MayMoveLive => MovesLive;

    /// <summary>Whether a longer pause need not be asked about.</summary>
    private protected virtual bool LongerPauseAgreed => Force;

    /// <summary>How strictly the checks of each move judge.</summary>
    private protected virtual CheckSettings CheckSettings => CheckSettings.Default;

    /// <summary>Where the journals lie.</summary>
    internal LogFolder Journals { get; private set; } = null!;

    /// <summary>What the moves of this call have in common in their journals.</summary>
    internal Guid Batch { get; } = Guid.NewGuid();

    /// <summary>What -SkipCheck leaves.</summary>
    private protected CheckSelection Checks { get; private set; } = CheckSelection.Everything;

    /// <summary>How the guests are to be moved.</summary>
    internal MoveRequest Request { get; private set; } = null!;

    /// <summary>Who hears of it: the pipeline.</summary>
    internal PipelineAudience Audience { get; private set; } = null!;

    /// <summary>What was taken in.</summary>
    private protected IReadOnlyList<GuestMove> Moves => _moves;

    /// <exception cref="PSArgumentException">What was said makes no sense, or not of moves that are not live.</exception>
    private protected void RequireObeyed(bool live)
    {
        string? problem = Choice.FindProblem(live) ?? (Transport == MigrationTransport.Auto || live
            ? null
            : "-Transport only works with -Live, because other moves go by a folder that both hosts have. Add -Live, or leave -Transport out.");
        if (problem is not null)
        {
            throw new PSArgumentException(problem);
        }
    }

    protected override async Task BeginProcessingAsync(CancellationToken cancellationToken)
    {
        RequireObeyed(MayMoveLive);
        Argument.RequirePositive("-Timeout", Timeout, "Leave it out to set no limit.");

        Checks = Require(() => CheckSelection.AllBut(SkipCheck));
        Journals = await AskAsync(() => LogFolder.Resolve(Sessions, SessionState, LogPath)).ConfigureAwait(false);
        _past = new PastMoves(Journals.All);
        Audience = new PipelineAudience(this, _past);
        Request = new MoveRequest(Options, Choice, move => new JournaledMove(Journals.Of(move.Source), Batch, Timing.Real) { Prune = Journals.Prune })
        {
            Past = _past,
            PassThru = PassThru,
            LossAgreed = Force,
        };
    }

    private protected void Add(GuestMove move) => _moves.Add(move);

    /// <summary>Takes in the moves of a plan, and tells of the guests that it has no place for.</summary>
    private protected async Task AddAsync(FleetPlan plan, CancellationToken cancellationToken)
    {
        PlannedMoves planned = await FindAsync(plan, cancellationToken).ConfigureAwait(false);
        _moves.AddRange(planned.Moves);
        _refused.AddRange(planned.Refused);
    }

    /// <summary>The moves of a plan; what stands in the way of others is an error already.</summary>
    internal async Task<PlannedMoves> FindAsync(FleetPlan plan, CancellationToken cancellationToken)
    {
        HostEnd[] ends = await ConnectAsync(
            plan.Move.SelectMany(move => new[] { move.Source, move.Destination }).Select(name => new MigrationHost(name)), cancellationToken).ConfigureAwait(false);
        PlannedMoves planned = await PlannedMoves.FindAsync(plan, ends, MovesLive, cancellationToken).ConfigureAwait(false);
        foreach ((XenMigrateException error, object target) in planned.Problems)
        {
            PostError(error, target);
        }

        return planned;
    }

    /// <summary>Moves what was taken in.</summary>
    /// <param name="limits">How many at a time.</param>
    /// <param name="order">In which order they begin.</param>
    /// <param name="cancellationToken">From then on none begins.</param>
    private protected async Task MoveAllAsync(WindowLimits limits, MoveOrder order, CancellationToken cancellationToken)
    {
        MoveRequest request = Request with { Limits = limits, Order = order };
        await (await AskAsync(() => Preference.IsWhatIf(this)).ConfigureAwait(false)
            ? RehearseAsync(request, _refused, _moves, cancellationToken)
            : new MoveEngine(request, Audience, Timing.Real).RunAsync(_refused, _moves, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Says what would be done, in order, so one at a time.</summary>
    internal Task RehearseAsync(
        MoveRequest request, IReadOnlyList<RefusedMove> refused, IReadOnlyList<GuestMove> moves, CancellationToken cancellationToken)
    {
        Audience.Rehearsal = new MoveRehearsal(_past, new GuestForecaster(_past, request.Options.Helper, Timing.Real), cancellationToken);
        MoveRequest inOrder = request with
        {
            Limits = request.Limits with { ThrottleLimit = 1 },
            Options = request.Options with { SharesConnection = false },
        };
        return new MoveEngine(inOrder, Audience, Timing.Real).RunAsync(refused, moves, cancellationToken);
    }

    /// <summary>The same by a job, which is returned at once; what has to be asked is asked before.</summary>
    private protected Task MoveAllInJobAsync(WindowLimits limits, MoveOrder order) =>
        MoveJobStart.RunAsync(this, Request with { Limits = limits, Order = order }, _refused, _moves);

    private PreCopyChoice Choice => new(MaximumDowntime, OfflineFallback, Bandwidth, LongerPauseAgreed)
    {
        Enforce = EnforceDowntime,
        Compression = Compression,
        Throttle = Throttle,
    };

    private MigrationOptions Options => new()
    {
        Live = MovesLive,
        MigrationAddress = MigrationAddress,
        Persist = Persist,
        RemoveSourceDefinition = RemoveSourceDefinition,
        Timeout = Timeout,
        Checks = Checks,
        Helper = NoHelper ? null : HelperPackage.Shipped(),
        SharesConnection = true,
        OnlyBySsh = Transport == MigrationTransport.Ssh,
        CheckSettings = CheckSettings,
    };
}
