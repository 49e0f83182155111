namespace XenMigrate.Tests.Fleet.Batches;

public sealed class MoveEngineTests : IDisposable
{
    private readonly SimulatedPair _pair = new();
    private readonly Audience _audience = new();

    [Theory(Timeout = 20000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_guest_that_moved_is_given_out_though_somebody_stopped_meanwhile(bool batch)
    {
        using CancellationTokenSource stop = new();

        await MoveAsync(batch, stop.Cancel, stop.Token);

        Assert.Equal("b", Assert.IsType<Guest>(Assert.Single(_audience.Written)).ComputerName);
        Assert.Empty(_audience.Said);
    }

    [Fact(Timeout = 20000)]
    public async Task Where_it_is_is_said_if_its_new_host_answers_no_more()
    {
        await MoveAsync(batch: true, () => { }, default, new HostDisconnectedException("b", "reset by peer"));

        Assert.IsType<HostDisconnectedException>(Assert.Single(_audience.Errors));
        Assert.Contains(_audience.Said, text => text.Contains("web: a to b, Succeeded", StringComparison.Ordinal));
        Assert.DoesNotContain(_audience.Said, text => text.Contains("was not moved", StringComparison.Ordinal));
        Assert.Equal(MigrationOutcome.Succeeded, Assert.Single(_audience.Ended).Outcome);
    }

    public void Dispose() => _audience.Dispose();

    private async Task MoveAsync(bool batch, Action meanwhile, CancellationToken cancellationToken, XenMigrateException? listing = null)
    {
        LiveToolstack source = new(_pair.Source, token =>
        {
            _ = _pair.Source.Guests.RemoveAll(guest => guest.Uuid == A.Uuid);
            _ = _pair.Destination.Add("web", 'b', A.Uuid);
            meanwhile();
            return Task.FromResult(new TransferRecord { ExitCode = 0, Downtime = TimeSpan.FromSeconds(1), Transcript = ["Migration successful."] });
        });
        HostSession destination = A.Host(_pair.Destination);
        HostSession there = listing is null
            ? destination
            : new HostSession(destination.Shell, new LiveToolstack(destination.Shell, _ => throw new NotSupportedException()) { Silence = listing }, destination.Information, FakeTiming.Start);
        GuestMove move = new(Facts.Guest, new HostSession(_pair.Source, source, A.Host(_pair.Source).Information, FakeTiming.Start), there);
        MoveRequest request = new(
            new MigrationOptions { Live = true, Checks = CheckSelection.AllBut(["*"]) },
            new PreCopyChoice(null, null, null, Force: false),
            _ => new JournaledMove(folder: null, Guid.NewGuid(), _pair.Timing.Timing))
        {
            PassThru = true,
            Ended = _audience.Ended.Add,
        };
        MoveEngine engine = new(request, _audience, _pair.Timing.Timing);
        await (batch ? engine.RunAsync([], [move], cancellationToken) : engine.MoveAsync(move, move, cancellationToken));
    }

    /// <summary>Hears all, and says yes.</summary>
    private sealed class Audience : IMoveAudience, IBatchProgress, IMoveProgress
    {
        public List<object> Written { get; } = [];

        public List<XenMigrateException> Errors { get; } = [];

        public List<string> Said { get; } = [];

        public List<MigrationResult> Ended { get; } = [];

        public bool HearsAfterStop => true;

        public void Write(object value) => Written.Add(value);

        public void WriteError(XenMigrateException error, object? target) => Errors.Add(error);

        public void WriteWarning(string message) => Said.Add(message);

        public void WriteVerbose(string message)
        {
        }

        public void SayAfterStop(string message) => Said.Add(message);

        public IBatchProgress Show(int moves) => this;

        public Task<bool> IsInteractiveAsync() => Task.FromResult(false);

        public Task<bool> MayMoveAsync(MigrationPlan plan) => Task.FromResult(true);

        public Task<bool> MayLoseAsync(string question) => Task.FromResult(false);

        public Task<bool> MayPauseLongerAsync(string question) => Task.FromResult(false);

        public IMoveProgress Of(GuestMove move) => this;

        void IBatchProgress.Began()
        {
        }

        void IBatchProgress.Ended(bool hasBegun)
        {
        }

        void IProgress<MigrationProgress>.Report(MigrationProgress value)
        {
        }

        public void Dispose()
        {
        }
    }
}
