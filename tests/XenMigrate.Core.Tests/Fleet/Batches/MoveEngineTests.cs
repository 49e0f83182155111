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

    [Fact(Timeout = 20000)]
    public async Task Guests_are_asked_about_in_order_though_the_look_at_the_first_takes_longer()
    {
        FakeTiming time = new();
        TaskCompletionSource<bool> asked = new();
        _audience.Interactive = call => call == 0 ? Task.WhenAny(asked.Task, time.LimitedAsync()) : Task.CompletedTask;
        _audience.Agrees = plan =>
        {
            _audience.Said.Add(plan.Guest.Name);
            _ = asked.TrySetResult(true);
            return false;
        };
        _ = _pair.Source.Add("db", 'b', Guid.NewGuid());
        IReadOnlyList<Guest> guests = await new XlToolstack(_pair.Source, time.Timing).ListAsync(default);
        GuestMove MoveOf(string name) => new(guests.Single(guest => guest.Name == name), A.Host(_pair.Source), A.Host(_pair.Destination));

        await new MoveEngine(Request, _audience, time.Timing).RunAsync([], [MoveOf("web"), MoveOf("db")], default);

        Assert.Equal(["web", "db"], _audience.Said);
    }

    public void Dispose() => _audience.Dispose();

    private MoveRequest Request => new(
        new MigrationOptions { Live = true, Checks = CheckSelection.AllBut(["*"]) },
        new PreCopyChoice(null, null, null, Force: false),
        _ => new JournaledMove(folder: null, Guid.NewGuid(), _pair.Timing.Timing))
    {
        PassThru = true,
        Ended = _audience.Ended.Add,
    };

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
        MoveEngine engine = new(Request, _audience, _pair.Timing.Timing);
        await (batch ? engine.RunAsync([], [move], cancellationToken) : engine.MoveAsync(move, move, cancellationToken));
    }

    /// <summary>Hears all, and says yes.</summary>
    private sealed class Audience : IMoveAudience, IBatchProgress, IMoveProgress
    {
        private int _asked;

        public List<object> Written { get; } = [];

        public List<XenMigrateException> Errors { get; } = [];

        public List<string> Said { get; } = [];

        public List<MigrationResult> Ended { get; } = [];

        /// <summary>What the engine waits for before it looks at a guest, by how many it asked of before.</summary>
        public Func<int, Task> Interactive { get; set; } = _ => Task.CompletedTask;

        public Func<MigrationPlan, bool> Agrees { get; set; } = _ => true;

        public bool HearsAfterStop => true;

        public void Write(object value) => Written.Add(value);

        public void WriteError(XenMigrateException error, object? target) => Errors.Add(error);

        public void WriteWarning(string message) => Said.Add(message);

        public void WriteVerbose(string message)
        {
        }

        public void SayAfterStop(string message) => Said.Add(message);

        public IBatchProgress Show(int moves) => this;

        public async Task<bool> IsInteractiveAsync()
        {
            await Interactive(_asked++);
            return false;
        }

        public Task<bool> MayMoveAsync(MigrationPlan plan) => Task.FromResult(Agrees(plan));

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
