namespace XenMigrate.Fleet.Window;

/// <summary>
/// Makes many moves, a few at a time. As one ends, the next begins: no slow guest keeps a whole batch waiting, and no
/// guest's failure is another's.
/// </summary>
internal sealed class MoveWindow<TMove, TResult>(WindowLimits limits, Timing timing)
{
    /// <summary>Makes the moves, and returns when all that began have ended.</summary>
    /// <param name="moves">The moves, in order.</param>
    /// <param name="move">Makes one. It gets the token, and says itself what stopping means to it.</param>
    /// <param name="began">Told of each move as it begins: one at a time, but not always on the same thread. It must not throw.</param>
    /// <param name="ended">Told of each move as it ends, in the same way.</param>
    /// <param name="cancellationToken">From then on nothing begins; what began is waited for.</param>
    public async Task RunAsync(
        IReadOnlyList<QueuedMove<TMove>> moves,
        Func<TMove, CancellationToken, Task<MoveEnd<TResult>>> move,
        Action<QueuedMove<TMove>> began,
        Action<WindowResult<TMove, TResult>> ended,
        CancellationToken cancellationToken)
    {
        MoveQueue<TMove> queue = new(moves, limits);
        using TaskQueue<Run> ends = new();
        List<Task> broken = [];

        while (true)
        {
            while (!cancellationToken.IsCancellationRequested && broken.Count == 0 && queue.Take() is { } next)
            {
                began(next);
                ends.Add(RunAsync(next, move, cancellationToken));
            }

            if (ends.Pending == 0)
            {
                break;
            }

            Task<Run> over = await ends.TakeAsync().ConfigureAwait(false);
            if (over.Status == TaskStatus.RanToCompletion)
            {
                Run run = await over.ConfigureAwait(false);
                queue.End(run.Result.Move, run.Landing);
                ended(run.Result);
            }
            else
            {
                // Nothing that was foreseen. Nothing more begins, and the moves that run are waited for all the same.
                broken.Add(over);
            }
        }

        await Task.WhenAll(broken).ConfigureAwait(false);
        foreach (QueuedMove<TMove> waiting in queue.Waiting)
        {
            ended(new WindowResult<TMove, TResult>(waiting, WindowOutcome.NotBegun));
        }
    }

    private async Task<Run> RunAsync(
        QueuedMove<TMove> next,
        Func<TMove, CancellationToken, Task<MoveEnd<TResult>>> move,
        CancellationToken cancellationToken)
    {
        TimeSpan began = timing.Elapsed();
        Run run;
        try
        {
            MoveEnd<TResult> end = await move(next.Item, cancellationToken).ConfigureAwait(false);
            run = new Run(new WindowResult<TMove, TResult>(next, WindowOutcome.Made, end.Value), end.Landing);
        }
        catch (XenMigrateException e)
        {
            run = new Run(new WindowResult<TMove, TResult>(next, WindowOutcome.Failed, Error: e), Landing.Stayed);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run = new Run(new WindowResult<TMove, TResult>(next, WindowOutcome.NotBegun), Landing.Stayed);
        }

        return run with { Result = run.Result with { Began = began, Ended = timing.Elapsed() } };
    }

    private sealed record Run(WindowResult<TMove, TResult> Result, Landing Landing);
}
