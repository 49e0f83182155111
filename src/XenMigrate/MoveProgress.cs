using System;
using System.Management.Automation;
using XenMigrate.Migration;

namespace XenMigrate;

/// <summary>The progress bar of one move: a record each 0.4 s at most, and always one when the step changes.</summary>
internal sealed class MoveProgress(AsyncCmdlet cmdlet, string activity, Timing timing)
    : IProgress<MigrationProgress>, IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(400);

    private readonly object _lock = new();
    private readonly int _id = ProgressActivity.Id(activity);
    private MigrationStep? _step;
    private TimeSpan _shown;

    // Transfer and watch report from threads of their own.
    public void Report(MigrationProgress value)
    {
        lock (_lock)
        {
            TimeSpan now = timing.Elapsed();
            if (value.Step == _step && now - _shown < s_interval)
            {
                return;
            }

            _step = value.Step;
            _shown = now;
            cmdlet.PostProgress(new ProgressRecord(_id, activity, value.Status)
            {
                PercentComplete = value.Percent ?? -1,
                CurrentOperation = value.Step.ToString(),
            });
        }
    }

    public void Dispose() =>
        cmdlet.PostProgress(new ProgressRecord(_id, activity, "Done") { RecordType = ProgressRecordType.Completed });
}
