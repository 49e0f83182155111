namespace XenMigrate;

/// <summary>A cmdlet that empties a host or fills it again: by one plan, one question, and one journal.</summary>
public abstract class HostDrainCmdlet : BatchMoveCmdlet
{
    private DrainJournal? _journal;
    private bool _agreed;

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("MigrationHost", "Cn")]
    [ValidateNotNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public MigrationHost ComputerName { get; set; } = null!;

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

    private protected override bool MovesLive => true;

    private protected override int? MovesPerHost => HostLimit;

    /// <summary>How many guests came to where they were to go.</summary>
    private protected int Arrived { get; private set; }

    // -Force goes on without some guests; that others may stand still for longer, -AllowOffline and -OfflineFallback say.
    private protected override bool LongerPauseAgreed => false;

    private protected static bool IsActive(Guest guest) => guest.Id is not null && !guest.IsControlDomain;

    private protected bool MayGoOffline(string name) => AllowOffline.Any(pattern => Pattern(pattern).IsMatch(name));

    /// <summary>The folder of the journals, without which no guest would be brought back.</summary>
    private protected string RequireJournalPath() => Journals.Of(ComputerName.ComputerName) ?? throw new TerminatingErrorException(
        new JournalNotWrittenException("the user's own folder", "the user has none"));

    /// <summary>A name in -AllowOffline that is nobody's must not be ignored.</summary>
    private protected void RequireAllowed(IEnumerable<string> names, string where)
    {
        string[] known = [.. names];
        string? stray = AllowOffline.FirstOrDefault(
            pattern => !WildcardPattern.ContainsWildcardCharacters(pattern) && !known.Any(Pattern(pattern).IsMatch));
        if (stray is not null)
        {
            throw new TerminatingErrorException(new GuestNotFoundException(stray, where));
        }
    }

    /// <summary>Shows what the plan can't do and what it can, and asks; moves nothing.</summary>
    /// <returns>Whether to go on.</returns>
    private protected async Task<bool> AgreeAsync(FleetPlan plan, string what)
    {
        foreach (UnplacedGuest guest in plan.Unplaced)
        {
            Post(() => WriteWarning(
                string.Join(" ", guest.Blocker.Select(blocker => blocker.ToString()).Prepend($"{guest.Name} stays on {guest.Source}: {guest.Reason}"))));
        }

        if (await AskAsync(IsWhatIf).ConfigureAwait(false))
        {
            foreach (PlannedMove move in plan.Move)
            {
                _ = await ConfirmAsync(
                    $"{move.Name} ({move.MemoryMB} MiB) on {move.Source}",
                    $"{(move.Mode == MigrationMode.Live ? "Live-migrate" : "Move offline")} to {move.Destination}").ConfigureAwait(false);
            }

            return false;
        }

        if (plan.Unplaced.Count > 0 && !Force && !await GoOnAsync(plan).ConfigureAwait(false))
        {
            throw new TerminatingErrorException(new DrainBlockedException(ComputerName.ComputerName, plan));
        }

        return _agreed = await ConfirmAsync(ComputerName.ComputerName, what, Force).ConfigureAwait(false);
    }

    /// <summary>Carries a plan out, and keeps the journal that brings its guests back.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="isComplete">Asked at the end, if nobody stopped it: whether the host is as it should be.</param>
    /// <param name="cancellationToken">From then on no move begins.</param>
    /// <param name="filled">What the journals told of the host that is filled; null for one that is emptied.</param>
    private protected async Task RunAsync(
        FleetPlan plan, Func<Task<bool>> isComplete, CancellationToken cancellationToken, HostDrain? filled = null)
    {
        try
        {
            _journal = DrainJournal.Begin(RequireJournalPath(), Batch, ComputerName.ComputerName, Timing.Real, filled);
        }
        catch (JournalNotWrittenException e)
        {
            throw new TerminatingErrorException(e);
        }

        using (_journal)
        {
            await AddAsync(plan, cancellationToken).ConfigureAwait(false);
            await MoveAllAsync(ThrottleLimit, MoveOrder.None, cancellationToken).ConfigureAwait(false);
            _journal.End(!cancellationToken.IsCancellationRequested && await isComplete().ConfigureAwait(false));
        }
    }

    private protected override GuestMove Adjust(GuestMove move) => move with { MayGoOffline = MayGoOffline(move.Guest.Name) };

    private protected override Task<bool> ConfirmMoveAsync(MigrationPlan plan)
    {
        // Agreed to with all others. Before it is touched, it is written down: it has to be found again.
        _journal!.Leaves(plan);
        return Task.FromResult(_agreed);
    }

    private protected override void Ended(GuestMove move, MigrationResult? result)
    {
        if (result is not null)
        {
            _journal!.Ends(result);
            Arrived += result.Outcome == MigrationOutcome.Succeeded ? 1 : 0;
        }
    }

    /// <summary>Where nobody can be asked, nobody has agreed.</summary>
    private Task<bool> GoOnAsync(FleetPlan plan) => plan.Move.Count == 0
        ? Task.FromResult(false)
        : AskAsync(() => Interactivity.Ask(Host, () => ShouldContinue(
            $"{string.Join(", ", plan.Unplaced.Select(guest => guest.Name))} can't be moved. Go on with the other {plan.Move.Count}?",
            "Some guests stay where they are")) ?? false);

    private protected static WildcardPattern Pattern(string name) =>
        new(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
}
