namespace XenMigrate.Tests.Jobs;

public sealed class MoveJobTests : IDisposable
{
    private readonly HostSessions _sessions = new();
    private readonly MoveJob _job = new("Move-Guest web", "b");

    [Fact(Timeout = 30_000)]
    public async Task What_the_work_tells_is_in_the_streams_of_a_job_that_completes()
    {
        JobAudience audience = new(_job.Work, typeof(MoveGuestCommand), stopsAtError: false);

        await RunAsync(_ =>
        {
            audience.Write("result");
            audience.WriteError(new HostNotConnectedException("b"), "web");
            audience.WriteVerbose("asked");
            return Task.CompletedTask;
        });

        Assert.Equal(JobState.Completed, _job.JobStateInfo.State);
        Assert.Equal("result", Assert.Single(_job.Work.Output).BaseObject);
        Assert.Equal(("HostNotConnected,XenMigrate.MoveGuestCommand", "web"), (_job.Work.Error[0].FullyQualifiedErrorId, _job.Work.Error[0].TargetObject));
        Assert.Equal("asked", _job.Work.Verbose[0].Message);
        Assert.True(_job.HasMoreData);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_error_that_ends_a_pipeline_ends_the_work()
    {
        JobAudience audience = new(_job.Work, typeof(MoveGuestCommand), stopsAtError: true);

        await RunAsync(async token =>
        {
            audience.WriteError(new HostNotConnectedException("b"), "web");
            await EndOf(token);
        });

        Assert.Equal(JobState.Failed, _job.JobStateInfo.State);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_nobody_foresaw_is_an_error_of_a_job_that_failed()
    {
        await RunAsync(_ => throw new InvalidOperationException("never thought of"));

        Assert.Equal(JobState.Failed, _job.JobStateInfo.State);
        Assert.Equal("never thought of", Assert.Single(_job.Work.Error).Exception.Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task Stopping_returns_when_the_work_has_come_to_its_end()
    {
        bool ended = false;
        _job.Start(_sessions, async token =>
        {
            await EndOf(token);
            await Task.Yield();
            ended = true;
        });

        await Task.Run(_job.StopJob);

        Assert.True(ended);
        Assert.Equal(JobState.Stopped, _job.JobStateInfo.State);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_work_ends_before_the_sessions_that_it_works_by()
    {
        _job.Start(_sessions, EndOf);

        await Task.Run(_sessions.Dispose);

        Assert.Equal(JobState.Stopped, _job.JobStateInfo.State);
    }

    [Fact(Timeout = 30_000)]
    public async Task Stopping_a_job_that_ended_changes_nothing()
    {
        await RunAsync(_ => Task.CompletedTask);

        _job.StopJob();

        Assert.Equal(JobState.Completed, _job.JobStateInfo.State);
        Assert.False(_job.HasMoreData);
    }

    public void Dispose()
    {
        _job.Dispose();
        _sessions.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task> work)
    {
        _job.Start(_sessions, work);
        Assert.True(await Task.Run(() => _job.Finished.WaitOne(TimeSpan.FromSeconds(20))));
    }

    private static async Task EndOf(CancellationToken cancellationToken)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => ended.SetResult());
        await ended.Task;
    }
}
