namespace XenMigrate.Tests;

public class FleetPlannerTests
{
    private readonly SimulatedPair _pair = new();

    [Fact]
    public async Task A_guest_goes_to_the_host_that_takes_it()
    {
        HostSession source = A.Host(_pair.Source);

        FleetPlan plan = await PlanAsync(new FleetRequest([await WebAsync()], [source, new HostEnd("c", null, "no route"), A.Host(_pair.Destination)]));

        PlannedMove move = Assert.Single(plan.Move);
        Assert.Equal(("web", "a", "b", MigrationMode.Offline), (move.Name, move.Source, move.Destination, move.Mode));
        Assert.Empty(plan.Unplaced);
        Assert.Empty(plan.FindProblems());
    }

    [Fact]
    public async Task Named_twice_it_still_needs_one_place() =>
        Assert.Single((await PlanAsync(new FleetRequest([await WebAsync(), await WebAsync()], [A.Host(_pair.Destination)]))).Move);

    [Fact]
    public async Task Where_no_host_takes_it_the_checks_are_told()
    {
        FleetPlan plan = await PlanAsync(new FleetRequest([await WebAsync()], [new HostEnd("c", null, "no route")]));

        UnplacedGuest web = Assert.Single(plan.Unplaced);
        Assert.Contains(web.Blocker, blocker => blocker is { Id: "XM-CON-01", Destination: "c" } && blocker.Message.Contains("no route"));
        MigrationResult refused = web.Refuse("c", live: true);
        Assert.Equal((MigrationOutcome.Refused, "a", web.ErrorId), (refused.Outcome, refused.ComputerName, refused.ErrorId));
        Assert.Contains("[XM-CON-01]", refused.Message);
    }

    [Fact]
    public async Task It_is_kept_apart_from_those_that_are_there()
    {
        _ = _pair.Destination.Add("web2", uuid: Guid.NewGuid());

        FleetPlan plan = await PlanAsync(new FleetRequest([await WebAsync()], [A.Host(_pair.Destination)])
        {
            Apart = guests => Task.FromResult<IReadOnlyList<string?>>([.. guests.Select(guest => guest.Name[..3])]),
        });

        Assert.Contains("another of 'web'", Assert.Single(plan.Unplaced).Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_cannot_go_live_goes_standing_still_if_that_is_allowed(bool allowed)
    {
        LeavingGuest web = await WebAsync();
        HostSession source = A.Host(new WithoutShadow(_pair.Source));

        FleetPlan plan = await PlanAsync(new FleetRequest(
            [web with { Source = source, Live = true, MayGoOffline = allowed }], [A.Host(_pair.Destination)]));

        Assert.Equal(allowed ? [MigrationMode.Offline] : [], plan.Move.Select(move => move.Mode));
        Assert.Equal(allowed ? [] : ["XM-GST-02"], plan.Unplaced.SelectMany(guest => guest.Blocker).Select(blocker => blocker.Id));
    }

    [Fact]
    public async Task A_guest_that_is_gone_has_no_place()
    {
        LeavingGuest web = await WebAsync();
        LeavingGuest other = web with { Guest = web.Guest with { Uuid = Guid.NewGuid() } };

        UnplacedGuest gone = Assert.Single((await PlanAsync(new FleetRequest([other], [A.Host(_pair.Destination)]))).Unplaced);

        Assert.Equal(("it is not on a any more.", "GuestNotFound"), (gone.Reason, gone.ErrorId));
    }

    private async Task<LeavingGuest> WebAsync()
    {
        HostSession source = A.Host(_pair.Source);
        Guest web = (await source.Toolstack.ListAsync(CancellationToken.None)).Single(guest => guest.Name == "web");
        return new LeavingGuest(web, source) { Live = false };
    }

    private Task<FleetPlan> PlanAsync(FleetRequest request) =>
        FleetPlanner.PlanAsync(request, _pair.Timing.Timing, CancellationToken.None);

    /// <summary>A host whose Xen was built without shadow paging.</summary>
    private sealed class WithoutShadow(IHostShell shell) : IHostShell
    {
        public HostEndpoint Endpoint => shell.Endpoint;

        public bool IsConnected => true;

        public async Task<CommandResult> RunAsync(
            RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken) =>
            Strip(await shell.RunAsync(command, timeout, lines, cancellationToken));

        public async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
            IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken) =>
            [.. (await shell.RunAtOnceAsync(batches, timeout, cancellationToken)).Select(batch => (IReadOnlyList<CommandResult>)[.. batch.Select(Strip)])];

        public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        private static CommandResult Strip(CommandResult result) => result with { Output = result.Output.Replace(" shadow", "") };
    }
}
