namespace XenMigrate;

/// <summary>Suspend-MigrationHost empties a host before its maintenance, and remembers what left it.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "MigrationHost", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MigrationResult), typeof(Guest))]
public sealed class SuspendMigrationHostCommand : MoveCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost ComputerName { get; set; } = null!;

    /// <summary>Moves all guests away, which the cmdlet does without it too; so scripts say what they mean.</summary>
    [Parameter]
    public SwitchParameter Drain { get; set; }

    [Parameter(Mandatory = true, Position = 1)]
    [Alias("DestinationHost", "To")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost[] Destination { get; set; } = [];

    /// <summary>A script block or a guest's property: guests with the same value are kept on different hosts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? AntiAffinity { get; set; }

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
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Drain)) && !Drain)
        {
            throw new PSArgumentException("Suspend-MigrationHost moves all guests off the host. -Drain:$false leaves it nothing to do.");
        }

        ComputerName = ExpandToOne(ComputerName);
        Destination = ExpandDestinations(Destination, ComputerName);
        if (MigrationAddress is not null && Destination.Length > 1)
        {
            throw new PSArgumentException("-MigrationAddress is one host's address, and several destinations were given. Leave it out, or name a single -Destination.");
        }

        _ = Work.RequireJournalPath();
        HostSession host = await RequireAsync(() => ResolveAsync(ComputerName, cancellationToken)).ConfigureAwait(false);
        Guest[] guests = [.. (await RequireAsync(() => host.Toolstack.ListAsync(cancellationToken)).ConfigureAwait(false)).Where(HostDrainWork.IsActive)];
        Work.RequireAllowed(guests.Select(guest => guest.Name), host.ComputerName);

        FleetRequest request = new(
            [.. guests.Select(guest => new LeavingGuest(guest, host) { MayGoOffline = Work.MayGoOffline(guest.Name) })],
            Work.InService(await ConnectAsync(Destination, cancellationToken).ConfigureAwait(false), isNeeded: guests.Length > 0))
        {
            Checks = Checks,
            Order = Sort,
            Apart = AntiAffinity is { } rule ? all => AskAsync(() => XenMigrate.AntiAffinity.WordsOf(rule, all)) : null,
        };
        FleetPlan plan = await FleetPlanner.PlanAsync(request, Timing.Real, cancellationToken).ConfigureAwait(false);
        if (await Work.AgreeAsync(plan, Sentence(plan), cancellationToken).ConfigureAwait(false))
        {
            using DrainJournal journal = Work.Begin();
            PlannedMoves moves = await FindAsync(plan, cancellationToken).ConfigureAwait(false);
            await Work.RunAsync(journal, moves, Limits, _ => IsEmptyAsync(host, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Sentence(FleetPlan plan) => plan.Move.Count == 0
        ? "Mark as drained; it has no guests"
        : $"Move {Figures.Many(plan.Move.Count, "guest")} ({plan.Move.Sum(move => move.MemoryMB)} MiB) to {string.Join(", ", plan.Move.Select(move => move.Destination).Distinct())}, and mark it as drained";

    private async Task<bool> IsEmptyAsync(HostSession host, CancellationToken cancellationToken)
    {
        GuestsOfHost now = await GuestsOfHost.AskAsync(host, cancellationToken).ConfigureAwait(false);
        if (now.Problem is { } problem)
        {
            PostError(problem, host.ComputerName);
        }

        Guest[] left = [.. (now.Guests ?? []).Where(HostDrainWork.IsActive)];
        if (left.Length > 0)
        {
            Post(() => WriteWarning(
                $"{host} is not empty: {string.Join(", ", left.Select(guest => guest.Name))}. Correct what the errors name, and run the same command again. The guests that left are still on the list to be brought back."));
        }

        return now.Guests is not null && left.Length == 0;
    }
}
