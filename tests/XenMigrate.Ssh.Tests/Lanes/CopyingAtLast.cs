namespace XenMigrate.Ssh.Tests;

/// <summary>Tells when the look at a transport has seen something.</summary>
internal sealed class CopyingAtLast : IProgress<MigrationProgress>
{
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Seen => _seen.Task;

    public void Report(MigrationProgress value)
    {
        if (value.Step == MigrationStep.CopyingMemory)
        {
            _seen.TrySetResult();
        }
    }
}
