namespace XenMigrate.Jobs;

/// <summary>
/// Moves that go on while the prompt is back. To stop the job is to stop its moves as Ctrl+C does: it returns once all of
/// them have come to an end. As with Start-Job, what became of each is in the streams of one child job.
/// </summary>
internal sealed class MoveJob : Job
{
    /// <param name="command">The line that began it.</param>
    /// <param name="location">The hosts that the guests go to.</param>
    public MoveJob(string command, string location)
        : base(command)
    {
        Location = location;
        PSJobTypeName = "XenMigrate";
        Work = new MoveJobWork(command, location);
        ChildJobs.Add(Work);
        Work.StateChanged += (_, e) => SetJobState(e.JobStateInfo.State);
    }

    /// <summary>What does it, and has the streams.</summary>
    public MoveJobWork Work { get; }

    public override string Location { get; }

    public override string StatusMessage => "";

    public override bool HasMoreData => ChildJobs.Any(child => child.HasMoreData);

    /// <summary>Begins the work, once, and returns at once.</summary>
    /// <param name="sessions">What it works by: before these end, it is stopped.</param>
    /// <param name="work">What the job is.</param>
    public void Start(HostSessions sessions, Func<CancellationToken, Task> work) => Work.Start(sessions, work);

    public override void StopJob() => Work.StopJob();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Work.Dispose();
        }

        base.Dispose(disposing);
    }
}
