namespace XenMigrate.Jobs;

/// <summary>Writes what moves tell to a job's streams. Nobody can be asked: what had to be was asked before the job began.</summary>
/// <param name="job">The job.</param>
/// <param name="cmdlet">The cmdlet that began it, whose name PowerShell adds to the ids of its errors.</param>
/// <param name="stopsAtError">Whether an error ends the job, as -ErrorAction Stop ends a pipeline.</param>
internal sealed class JobAudience(MoveJobWork job, Type cmdlet, bool stopsAtError) : IMoveAudience
{
    public bool HearsAfterStop => true;

    public void Write(object value) => job.Output.Add(PSObject.AsPSObject(value));

    public void WriteError(XenMigrateException error, object? target)
    {
        job.Error.Add(error.ToErrorRecord(target, cmdlet));
        if (stopsAtError)
        {
            job.Break();
        }
    }

    public void WriteWarning(string message) => job.Warning.Add(new WarningRecord(PrintableText.Of(message)));

    public void WriteVerbose(string message) => job.Verbose.Add(new VerboseRecord(PrintableText.Of(message)));

    public void SayAfterStop(string message) => job.Warning.Add(new WarningRecord(PrintableText.Of(message)));

    public IBatchProgress Show(int moves) => new BatchProgress(job.Progress.Add, moves, Timing.Real);

    public Task<bool> IsInteractiveAsync() => Task.FromResult(false);

    public Task<bool> MayMoveAsync(MigrationPlan plan) => Task.FromResult(true);

    public Task<bool> MayLoseAsync(string question) => Task.FromResult(false);

    public Task<bool> MayPauseLongerAsync(string question) => Task.FromResult(false);
}
