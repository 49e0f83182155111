namespace XenMigrate;

/// <summary>Empties a host or fills it again: by one plan, one question, and one journal.</summary>
/// <param name="cmdlet">The cmdlet that does it.</param>
/// <param name="host">The host.</param>
/// <param name="allowOffline">Names, or patterns of them, of guests that may stand still while they are copied.</param>
internal sealed class HostDrainWork(MoveCmdlet cmdlet, MigrationHost host, IReadOnlyList<string> allowOffline)
{
    private string Name => host.ComputerName;

    /// <summary>The host as it is known: by its session, if there is one.</summary>
    public NamedHost Named => (host.Session ?? cmdlet.Sessions.Find(Name))?.Named ?? Name;

    public bool MayGoOffline(string name) => allowOffline.Any(pattern => Pattern(pattern).IsMatch(name));

    /// <summary>The folder of the journals, without which no guest would be brought back.</summary>
    public string RequireJournalPath() => cmdlet.Journals.Of(Name)
        ?? throw new TerminatingErrorException(new JournalNotWrittenException("the user's own folder", "the user has none"));

    /// <summary>A name in -AllowOffline that is nobody's must not be ignored.</summary>
    public void RequireAllowed(IEnumerable<string> names, string where)
    {
        string[] known = [.. names];
        string? stray = allowOffline.FirstOrDefault(
            pattern => !WildcardPattern.ContainsWildcardCharacters(pattern) && !known.Any(Pattern(pattern).IsMatch));
        if (stray is not null)
        {
            throw new TerminatingErrorException(new GuestNotFoundException(stray, where));
        }
    }

    /// <summary>No guest goes to a host that is empty for a reason.</summary>
    public HostEnd[] InService(IReadOnlyList<HostEnd> destinations, bool isNeeded)
    {
        IReadOnlyList<HostDrain> drained = HostDrain.All(RequireJournalPath());
        (HostEnd Host, HostDrain? Drain)[] all = [.. destinations.Select(end => (end, drained.LastOrDefault(drain => drain.Host.Is(end.Named))))];
        (HostEnd Host, HostDrain Drain)[] left = [.. all.Where(one => one.Drain is not null).Select(one => (one.Host, one.Drain!))];
        if (isNeeded && left.Length == all.Length)
        {
            throw new TerminatingErrorException(new DrainBlockedException(Name, [.. left.Select(one => one.Drain with { Host = one.Host.Named }).Distinct()]));
        }

        foreach ((HostEnd end, HostDrain drain) in left)
        {
            cmdlet.Post(() => cmdlet.WriteWarning(
                $"No guest goes to {end.Name}, because it was drained itself at {drain.BeganAt.LocalDateTime:g}. Resume-MigrationHost {end.Name} puts it back into service."));
        }

        return [.. all.Where(one => one.Drain is null).Select(one => one.Host)];
    }

    /// <summary>Shows what the plan can't do and what it can, and asks; moves nothing.</summary>
    /// <returns>Whether to go on.</returns>
    public async Task<bool> AgreeAsync(FleetPlan plan, string what, CancellationToken cancellationToken)
    {
        foreach (UnplacedGuest guest in plan.Unplaced)
        {
            cmdlet.Post(() => cmdlet.WriteWarning(
                string.Join(" ", guest.Blocker.Select(blocker => blocker.ToString()).Prepend($"{guest.Name} stays on {guest.Source}: {guest.Reason}"))));
        }

        if (await cmdlet.AskAsync(() => Preference.IsWhatIf(cmdlet)).ConfigureAwait(false))
        {
            _ = await cmdlet.ConfirmAsync(Name, what).ConfigureAwait(false);
            PlannedMoves moves = await cmdlet.FindAsync(plan, cancellationToken).ConfigureAwait(false);
            // Of those that stay it was told.
            await cmdlet.RehearseAsync(cmdlet.Request, [], AsAllowed(moves).Moves, cancellationToken).ConfigureAwait(false);
            return false;
        }

        if (plan.Unplaced.Count > 0 && !cmdlet.Force && !await GoOnAsync(plan).ConfigureAwait(false))
        {
            throw new TerminatingErrorException(new DrainBlockedException(Name, plan));
        }

        return await cmdlet.ConfirmAsync(Name, what, cmdlet.Force).ConfigureAwait(false);
    }

    /// <summary>Begins the journal; nothing is touched before.</summary>
    /// <param name="filled">What the journals told of the host that is filled; null for one that is emptied.</param>
    public DrainJournal Begin(HostDrain? filled = null) =>
        AsyncCmdlet.Require(() => DrainJournal.Begin(RequireJournalPath(), cmdlet.Batch, Named.Identity == HostIdentity.Unknown && filled is not null ? filled.Host : Named, Timing.Real, filled));

    /// <summary>Carries out what was agreed to.</summary>
    /// <param name="journal">Its journal.</param>
    /// <param name="moves">The moves.</param>
    /// <param name="limits">How many at a time.</param>
    /// <param name="isComplete">Asked at the end, with how many arrived, if nobody stopped it: whether the host is as it should be.</param>
    /// <param name="cancellationToken">From then on no move begins.</param>
    public Task RunAsync(
        DrainJournal journal, PlannedMoves moves, WindowLimits limits, Func<int, Task<bool>> isComplete, CancellationToken cancellationToken) =>
        DrainRun.RunAsync(
            journal,
            cmdlet.Request with { Limits = limits },
            cmdlet.Audience,
            AsAllowed(moves),
            isComplete,
            Timing.Real,
            cancellationToken);

    private PlannedMoves AsAllowed(PlannedMoves moves) =>
        moves with { Moves = [.. moves.Moves.Select(move => move with { MayGoOffline = MayGoOffline(move.Guest.Name) })] };

    public static bool IsActive(Guest guest) => guest.Id is not null && !guest.IsControlDomain;

    public static WildcardPattern Pattern(string name) =>
        new(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);

    /// <summary>Where nobody can be asked, nobody has agreed.</summary>
    private Task<bool> GoOnAsync(FleetPlan plan) => plan.Move.Count == 0
        ? Task.FromResult(false)
        : cmdlet.AskAsync(() => Interactivity.Ask(cmdlet.Host, () => cmdlet.ShouldContinue(
            $"{string.Join(", ", plan.Unplaced.Select(guest => guest.Name))} can't be moved. Go on with the other {plan.Move.Count}?",
            "Some guests stay where they are")) ?? false);
}
