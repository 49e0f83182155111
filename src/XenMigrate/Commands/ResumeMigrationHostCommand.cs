namespace XenMigrate;

/// <summary>Resume-MigrationHost puts a host back into service that Suspend-MigrationHost emptied, and brings its guests back.</summary>
[Cmdlet(VerbsLifecycle.Resume, "MigrationHost", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MigrationResult), typeof(Guest))]
public sealed class ResumeMigrationHostCommand : HostDrainCmdlet
{
    /// <summary>Brings back exactly those guests that left.</summary>
    [Parameter]
    public SwitchParameter Failback { get; set; }

    protected override async Task EndProcessingAsync(CancellationToken cancellationToken)
    {
        ComputerName = FindHost();
        HostDrain drain = Read();
        foreach (string damage in drain.Damage)
        {
            Post(() => WriteWarning(damage));
        }

        if (!Failback)
        {
            await ForgetAsync(drain).ConfigureAwait(false);
            return;
        }

        RequireAllowed(drain.Guest.Select(guest => guest.Name), $"the list of those that left {ComputerName}");
        ReturningGuests found = await FindAsync(drain, cancellationToken).ConfigureAwait(false);
        foreach ((DrainedGuest guest, XenMigrateException error) in found.Problem)
        {
            PostError(error, guest.Name);
        }

        HostEnd home = await EndAsync(ComputerName, cancellationToken).ConfigureAwait(false);
        FleetPlan plan = await FleetPlanner.PlanAsync(
            new FleetRequest(found.Away, [home]) { Checks = Checks, Order = Sort }, Timing.Real, cancellationToken).ConfigureAwait(false);
        string what = $"Bring back {Counted.Of(plan.Move.Count, "guest")} ({plan.Move.Sum(move => move.MemoryMB)} MiB), and put it back into service";

        if (await AgreeAsync(plan, what).ConfigureAwait(false))
        {
            await RunAsync(
                plan,
                () => Task.FromResult(found.IsSettled && plan.Unplaced.Count == 0 && Arrived == plan.Move.Count),
                cancellationToken,
                drain).ConfigureAwait(false);
        }
    }

    /// <summary>The host; for a pattern, the one drained host that fits it, connected or not.</summary>
    private MigrationHost FindHost()
    {
        if (!IsPattern(ComputerName))
        {
            return ComputerName;
        }

        WildcardPattern pattern = Pattern(ComputerName.ComputerName);
        string[] drained = [.. AllDrains().Select(drain => drain.ComputerName).Where(pattern.IsMatch).Distinct(StringComparer.OrdinalIgnoreCase)];
        return drained.Length == 1
            ? new MigrationHost(drained[0])
            : ExpandToOne(ComputerName);
    }

    private IReadOnlyList<HostDrain> AllDrains()
    {
        try
        {
            return [.. Journals.Drains()];
        }
        catch (JournalNotReadException e)
        {
            throw new TerminatingErrorException(e);
        }
    }

    private HostDrain Read()
    {
        try
        {
            return HostDrain.Read(RequireJournalPath(), ComputerName.ComputerName)
                ?? throw new TerminatingErrorException(new DrainNotFoundException(ComputerName.ComputerName, Journals.Of(ComputerName.ComputerName)));
        }
        catch (JournalNotReadException e)
        {
            throw new TerminatingErrorException(e);
        }
    }

    /// <summary>Takes the mark away; the guests stay where they are.</summary>
    private async Task ForgetAsync(HostDrain drain)
    {
        string guests = drain.Guest.Count == 0 ? "no guest left it" : drain.Guest.Count == 1 ? "1 guest stays where it is" : $"{drain.Guest.Count} guests stay where they are";
        if (await ConfirmAsync(ComputerName.ComputerName, $"Put back into service; {guests}", Force).ConfigureAwait(false))
        {
            using DrainJournal journal = DrainJournal.Begin(
                RequireJournalPath(), Batch, ComputerName.ComputerName, Timing.Real, drain);
            journal.End(isComplete: true);
        }
    }

    private async Task<ReturningGuests> FindAsync(HostDrain drain, CancellationToken cancellationToken)
    {
        HostEnd[] ends = await ConnectAsync(
            drain.Guest.Select(guest => new MigrationHost(guest.Destination)).Prepend(ComputerName), cancellationToken)
            .ConfigureAwait(false);
        (HostSession, IReadOnlyList<Guest>)?[] lists =
            await Task.WhenAll(ends.Select(end => ListAsync(end, cancellationToken))).ConfigureAwait(false);
        (HostSession, IReadOnlyList<Guest>)?[] others = await Task.WhenAll(Sessions.All
            .Where(host => !ends.Any(end => string.Equals(end.Name, host.ComputerName, StringComparison.OrdinalIgnoreCase)))
            .Select(host => ListStatesAsync(host, cancellationToken))).ConfigureAwait(false);

        // Without the host itself it can't be told who is back, nor could anybody be brought.
        return lists[0] is null
            ? throw new TerminatingErrorException(
                new HostUnreachableException(ComputerName.ComputerName, ends[0].Problem ?? "it does not say which guests it has"))
            : ReturningGuests.Find(drain, [.. lists.Concat(others).OfType<(HostSession, IReadOnlyList<Guest>)>()], MayGoOffline);
    }

    /// <summary>Of a host that is only asked whether somebody moved a guest on to it, no answer is no error.</summary>
    private static async Task<(HostSession, IReadOnlyList<Guest>)?> ListStatesAsync(HostSession host, CancellationToken cancellationToken)
    {
        try
        {
            return (host, await host.Toolstack.ListAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (XenMigrateException)
        {
            return null;
        }
    }
}
