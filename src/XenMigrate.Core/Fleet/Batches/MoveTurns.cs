namespace XenMigrate.Fleet.Batches;

/// <summary>Lets moves whose hosts are looked at side by side begin in the order in which they came.</summary>
internal sealed class MoveTurns(Timing timing)
{
    private readonly List<MoveTurn> _open = [];

    /// <summary>The turn of the next one, which is over once its transfer begins, or once it is disposed.</summary>
    public MoveTurn Take(IProgress<MigrationProgress> progress)
    {
        _ = _open.RemoveAll(turn => turn.Over.IsCompleted);
        MoveTurn turn = new([.. _open], progress, timing);
        _open.Add(turn);
        return turn;
    }
}

/// <summary>The turn of one move among those that were before it.</summary>
internal sealed class MoveTurn(IReadOnlyList<MoveTurn> before, IProgress<MigrationProgress> progress, Timing timing)
    : IProgress<MigrationProgress>, IDisposable
{
    /// <summary>A host that does not answer keeps the guests of others waiting for no longer than that.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource<bool> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _hasCome;

    public Task Over => _over.Task;

    /// <summary>Waits for those before it, once all is known that the move needs.</summary>
    public async Task ComeAsync()
    {
        _hasCome = true;
        Task all = Task.WhenAll(before.Select(turn => turn.Over));
        if (all.IsCompleted)
        {
            return;
        }

        using CancellationTokenSource patience = timing.Limit(Patience);
        if (await all.IsCancelledFirstAsync(patience.Token).ConfigureAwait(false))
        {
            // Of those that came, somebody may be asked just now, and takes time to answer.
            await Task.WhenAll(before.Where(turn => turn._hasCome).Select(turn => turn.Over)).ConfigureAwait(false);
        }
    }

    public void Report(MigrationProgress value)
    {
        if (value.Step != MigrationStep.Checking)
        {
            Dispose();
        }

        progress.Report(value);
    }

    public void Dispose() => _over.TrySetResult(true);
}
