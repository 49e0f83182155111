namespace XenMigrate.SaveHelper.Save;

/// <summary>
/// The rounds of a live save: measures each, and answers libxenguest's questions. It asks twice a round. The question before
/// a round, with the count of pages that it will send, decides: only then is known what a pause would have to carry.
/// Stop there does not pause at once: the counted pages go once more while the guest runs, and the pause carries but what was
/// written meanwhile, so that the prediction is its upper bound. The question after a round has no count: stop there pauses
/// at once. It is for who asked to finish offline, and does not want to wait for another round.
/// </summary>
/// <param name="populated">The pages that the guest has: the first question counts all its frames, those with no page too.</param>
internal sealed class LiveRounds(
    PreCopyOptions options, StreamPump pump, AbortRequest abort, IThrottle throttle, long populated, Action<PreCopyReport> report)
{
    private static readonly ConvergenceVerdict s_requested = new(
        ConvergenceDecision.GoOffline, TimeSpan.Zero, "it was told to finish offline");

    private readonly PackedRounds _rounds = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private ThrottlingPolicy? _policy;
    private long _memoryBytes;
    private RoundMeasure? _underWay;
    private RoundMeasure? _sent;
    private volatile bool _offlineAsked;

    /// <summary>What ended the rounds; null while they go on.</summary>
    public ConvergenceVerdict? Verdict { get; private set; }

    /// <summary>The number of the round under way, or of the next one.</summary>
    public int Number { get; private set; }

    /// <summary>Pause the guest as soon as the round under way went out, whatever is left.</summary>
    public void GoOffline() => _offlineAsked = true;

    /// <summary>Answers a question.</summary>
    /// <param name="dirty">The pages to send next, or -1 if they were not yet counted.</param>
    public int Answer(uint iteration, long dirty)
    {
        dirty = Math.Min(dirty, populated);
        int answer = abort.IsAsked ? PolicyAnswer.Abort
            : dirty < 0 ? AfterSending()
            : iteration == 0 ? BeforeFirst(dirty)
            : AfterCounting(dirty);
        if (answer != PolicyAnswer.Abort && dirty >= 0)
        {
            Number = (int)iteration;
            _underWay = RoundMeasure.Begin(pump, dirty);
        }

        return answer;
    }

    /// <summary>The guest is about to be paused: ends the round that went after the last question, if one did.</summary>
    public void End()
    {
        if (_underWay is { } round)
        {
            pump.Drain();
            Tell(round.End(pump), 0, Verdict! with { Reason = "sent while the guest ran, before its pause" });
        }
    }

    /// <summary>Tells of a round, and goes on to the next number.</summary>
    public void Tell(RoundMeasure round, long dirty, ConvergenceVerdict verdict)
    {
        _underWay = null;
        report(new PreCopyReport.RoundEnded(new MigrationIteration(
            Number++, round.Pages, round.WireBytes, round.Duration, dirty, verdict.PredictedPause, verdict.Decision, verdict.Reason)));
    }

    private int BeforeFirst(long pages)
    {
        _memoryBytes = pages * 4096;
        Verdict = _offlineAsked ? s_requested : null;
        return _offlineAsked ? PolicyAnswer.StopAndCopy : PolicyAnswer.Continue;
    }

    private int AfterSending()
    {
        // What is still in the pipe belongs to this round, and takes its time.
        pump.Drain();
        _sent = _underWay!.End(pump);
        if (abort.IsAsked)
        {
            return PolicyAnswer.Abort;
        }

        if (!_offlineAsked)
        {
            return PolicyAnswer.Continue;
        }

        Verdict = s_requested;
        Tell(_sent, 0, s_requested);
        return PolicyAnswer.StopAndCopy;
    }

    private int AfterCounting(long dirty)
    {
        RoundMeasure round = _sent!;
        ConvergenceVerdict verdict = _offlineAsked ? s_requested : Decide(round, dirty);
        Tell(round, dirty, verdict);
        if (verdict.Decision == ConvergenceDecision.Continue)
        {
            return PolicyAnswer.Continue;
        }

        Verdict = verdict;
        if (verdict.Decision != ConvergenceDecision.Abort)
        {
            return PolicyAnswer.StopAndCopy;
        }

        abort.Ask(Errno.Cancelled, verdict.Reason);
        return PolicyAnswer.Abort;
    }

    private ConvergenceVerdict Decide(RoundMeasure round, long dirty)
    {
        // The rates are those of the data, packed or not: of packed pages few bytes go over the wire, and how few differs
        // from page to page.
        double packing = Math.Max(1, pump.DataBytes / (double)Math.Max(1, pump.WireBytes));
        ConvergenceLimits limits = ConvergenceLimits.OfSaveHelper(options, _memoryBytes);
        _policy ??= new ThrottlingPolicy(options.Throttle ? ThrottlingPolicy.Steps : []);
        ThrottlingVerdict verdict = _policy.Decide(limits, new ConvergenceRound(
            round.DataBytes, _rounds.LongestDuration(round, limits.SmallestSample), dirty, Stopwatch.GetElapsedTime(_start), TimeSpan.Zero, pump.FullBytesPerSecond * packing));
        if (verdict.ShareOfProcessors is not { } share || throttle.Limit(share))
        {
            return verdict.Verdict;
        }

        // It can't be throttled: what was decided first is right, then.
        _policy = new ThrottlingPolicy([]);
        return verdict.Unthrottled;
    }
}
