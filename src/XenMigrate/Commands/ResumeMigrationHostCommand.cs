namespace XenMigrate;

/// <summary>Resume-MigrationHost puts a host back into service that Suspend-MigrationHost emptied, and brings its guests back.</summary>
[Cmdlet(VerbsLifecycle.Resume, "MigrationHost", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MigrationResult), typeof(Guest))]
public sealed partial class ResumeMigrationHostCommand : MoveCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost ComputerName { get; set; } = null!;

    /// <summary>Brings back exactly those guests that left.</summary>
    [Parameter]
    public SwitchParameter Failback { get; set; }

    /// <summary>Names of guests that may stand still while they are copied, where they can't be moved live.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    public string[] AllowOffline { get; set; } = [];

    /// <summary>How many guests are moved at a time.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 2;

    /// <summary>How many of these may leave one host at a time, and how many come to one; -ThrottleLimit without it.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int? HostLimit { get; set; }

    /// <summary>In which order the moves begin.</summary>
    [Parameter]
    public MoveOrder Sort { get; set; }

    // -Force goes on without some guests; that others may stand still for longer, -AllowOffline and -OfflineFallback say.
    private protected override bool LongerPauseAgreed => false;

    internal override bool MovesLive => true;

    private HostDrainWork Work => new(this, ComputerName, AllowOffline);

    private WindowLimits Limits => WindowLimits.Of(ThrottleLimit, HostLimit);

    protected override async Task EndProcessingAsync(CancellationToken cancellationToken)
    {
        ComputerName = FindHost();
        HostDrain drain = await ReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (string damage in drain.Damage)
        {
            Post(() => WriteWarning(damage));
        }

        if (!Failback)
        {
            await ForgetAsync(drain).ConfigureAwait(false);
            return;
        }

        Work.RequireAllowed(drain.Guest.Select(guest => guest.Name), $"the list of those that left {ComputerName}");
        ReturningGuests found = await FindAsync(drain, cancellationToken).ConfigureAwait(false);
        foreach ((DrainedGuest guest, XenMigrateException error) in found.Problem)
        {
            PostError(error, guest.Name);
        }

        HostEnd home = await EndAsync(ComputerName, cancellationToken).ConfigureAwait(false);
        FleetPlan plan = await FleetPlanner.PlanAsync(
            new FleetRequest(found.Away, [home]) { Checks = Checks, Order = Sort }, Timing.Real, cancellationToken).ConfigureAwait(false);
        string what = $"Bring back {Figures.Many(plan.Move.Count, "guest")} ({plan.Move.Sum(move => move.MemoryMB)} MiB), and put it back into service";

        if (await Work.AgreeAsync(plan, what, cancellationToken).ConfigureAwait(false))
        {
            using DrainJournal journal = Work.Begin(drain);
            PlannedMoves moves = await FindAsync(plan, cancellationToken).ConfigureAwait(false);
            await Work.RunAsync(
                journal,
                moves,
                Limits,
                arrived => Task.FromResult(found.IsSettled && plan.Unplaced.Count == 0 && arrived == plan.Move.Count),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the mark away; the guests stay where they are.</summary>
    private async Task ForgetAsync(HostDrain drain)
    {
        string guests = drain.Guest.Count == 0 ? "no guest left it" : drain.Guest.Count == 1 ? "1 guest stays where it is" : $"{drain.Guest.Count} guests stay where they are";
        if (await ConfirmAsync(ComputerName.ComputerName, $"Put back into service; {guests}", Force).ConfigureAwait(false))
        {
            using DrainJournal journal = Work.Begin(drain);
            journal.End(isComplete: true);
        }
    }
}
