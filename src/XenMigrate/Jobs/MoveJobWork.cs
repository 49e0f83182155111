namespace XenMigrate.Jobs;

/// <summary>The child job that makes the moves of a <see cref="MoveJob"/>.</summary>
internal sealed class MoveJobWork : Job
{
    private const string FailedId = "JobFailed";

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _begun;
    private volatile bool _stopAsked;
    private volatile bool _broken;

    public MoveJobWork(string command, string location)
        : base(command)
    {
        Location = location;
        PSJobTypeName = "XenMigrate";
    }

    public override string Location { get; }

    public override string StatusMessage => "";

    public override bool HasMoreData => Output.Count > 0 || Error.Count > 0 || Progress.Count > 0
        || Verbose.Count > 0 || Debug.Count > 0 || Warning.Count > 0;

    private bool IsOver => JobStateInfo.State is JobState.Completed or JobState.Failed or JobState.Stopped;

    /// <inheritdoc cref="MoveJob.Start"/>
    public void Start(HostSessions sessions, Func<CancellationToken, Task> work)
    {
        _begun = true;
        sessions.Ending += StopJob;
        SetJobState(JobState.Running);
        _ = Task.Run(() => RunAsync(sessions, work));
    }

    /// <summary>Begins nothing more, and gives up what can be given up: the job ends as failed.</summary>
    public void Break()
    {
        _broken = true;
        _stop.Cancel();
    }

    // Whoever hears of the last state may dispose the job on the thread that tells of it, as Receive-Job -AutoRemoveJob
    // does: so it must not wait for that thread.
    public override void StopJob()
    {
        if (!_begun || IsOver)
        {
            return;
        }

        _stopAsked = true;
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended, and was removed, a moment ago.
        }

        _ended.Task.Wait();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
            _stop.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task RunAsync(HostSessions sessions, Func<CancellationToken, Task> work)
    {
        Task running = Task.Run(() => work(_stop.Token));
        _ = await Task.WhenAny(running).ConfigureAwait(false);
        sessions.Ending -= StopJob;
        if (running.Exception?.InnerException is { } unforeseen)
        {
            Error.Add(new ErrorRecord(unforeseen, FailedId, ErrorIds.Categories[FailedId], null));
        }

        SetJobState(_broken || running.IsFaulted ? JobState.Failed : _stopAsked ? JobState.Stopped : JobState.Completed);
        _ = _ended.TrySetResult(true);
    }
}
