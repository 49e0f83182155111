namespace XenMigrate;

/// <summary>
/// The progress bar of one move: a record each 0.4 s at most, and always one when the step changes. What comes in between is
/// shown when its time has come, though nothing follows it: a step may be silent for long.
/// </summary>
/// <param name="show">Shows it.</param>
/// <param name="activity">What is done, in words; no two bars have the same.</param>
/// <param name="timing">The time it goes by.</param>
/// <param name="parent">The id of the bar above it; -1 for none.</param>
internal sealed class MoveProgress(Action<ProgressRecord> show, string activity, Timing timing, int parent = -1)
    : IMoveProgress
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(400);

    private readonly object _lock = new();
    private readonly int _id = ProgressActivity.Id(activity);
    private readonly CancellationTokenSource _over = new();
    private MigrationProgress? _waiting;
    private MigrationStep? _step;
    private TimeSpan _shown;
    private TimeSpan _copying;

    // Transfer and watch report from threads of their own.
    public void Report(MigrationProgress value)
    {
        lock (_lock)
        {
            TimeSpan since = timing.Elapsed() - _shown;
            if (value.Step != _step || since >= s_interval)
            {
                Show(value);
                return;
            }

            bool isFirst = _waiting is null;
            _waiting = value;
            if (isFirst)
            {
                _ = ShowLaterAsync(s_interval - since);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_over.IsCancellationRequested)
            {
                return;
            }

            _over.Cancel();
            _over.Dispose();
            _waiting = null;
        }

        show(new ProgressRecord(_id, activity, "Done") { RecordType = ProgressRecordType.Completed, ParentActivityId = parent });
    }

    // Ends at once when the bar is disposed, and shows nothing then.
    private async Task ShowLaterAsync(TimeSpan time)
    {
        try
        {
            await timing.Delay(time, _over.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (_lock)
        {
            if (_waiting is { } value)
            {
                Show(value);
            }
        }
    }

    private void Show(MigrationProgress value)
    {
        TimeSpan now = timing.Elapsed();
        _copying = value.Step == _step ? _copying : now;
        (_step, _shown, _waiting) = (value.Step, now, null);
        show(new ProgressRecord(_id, activity, value.Status)
        {
            PercentComplete = value.Percent ?? -1,
            SecondsRemaining = Remaining(value, now - _copying),
            CurrentOperation = value.Step.ToString(),
            ParentActivityId = parent,
        });
    }

    // By what it took so far. Of the first hundredths nothing can be told yet.
    private static int Remaining(MigrationProgress value, TimeSpan copying) =>
        value.Step == MigrationStep.CopyingMemory && value.Percent is > 4 and < 100
            ? (int)Math.Min(int.MaxValue, copying.TotalSeconds * (100 - value.Percent.Value) / value.Percent.Value)
            : -1;
}
