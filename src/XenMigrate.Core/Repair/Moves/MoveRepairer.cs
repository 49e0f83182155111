namespace XenMigrate.Repair.Moves;

/// <summary>
/// Settles a move that was left half done: looks at both hosts, says what it saw, does what is agreed to one step at a
/// time, looks again before each, and at the end asks both hosts who has the guest.
/// </summary>
internal sealed class MoveRepairer(MoveTrace trace, HostEnd source, HostEnd destination, Timing timing)
{
    private readonly SceneReader _reader = new(trace, source, destination, timing);

    /// <summary>Longer than xend and libxl wait for a guest's devices.</summary>
    public static TimeSpan UsualPatience { get; } = TimeSpan.FromMinutes(3);

    /// <summary>How long to wait for what is under way.</summary>
    public TimeSpan Patience { get; init; } = UsualPatience;

    /// <summary>Hears what was found, before anything is asked or done.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>
    /// Every host at hand: a guest that is on another than the two was moved on since, and no copy that was left is woken.
    /// </summary>
    public IReadOnlyList<HostSession> AllHosts { get; init; } = [];

    /// <summary>Whether the journal may be closed; not where it is only to be shown what would be done.</summary>
    public bool MayClose { get; init; } = true;

    /// <summary>What is told of a move that may not be settled, whatever its hosts hold.</summary>
    public static MigrationRepair Refuse(MoveTrace trace, string why)
    {
        bool hasEnded = trace.ReadJournal() is { State: JournalState.Finished, ComputerName: not null };
        return new()
        {
            Name = trace.Name,
            Uuid = trace.Uuid,
            Source = trace.Source,
            Destination = trace.Destination,
            Outcome = hasEnded ? MigrationRepairOutcome.NothingToDo : MigrationRepairOutcome.Left,
            Found = hasEnded ? ["the move ended by itself, and the guest was moved again since"] : [],
            Left = hasEnded ? null : why,
            LogPath = trace.LogPath,
        };
    }

    /// <param name="ask">Asks whether a step may be done. All are asked about before the first is done.</param>
    /// <param name="cancellationToken">Looked at until the first step is begun.</param>
    /// <returns>What became of it; null if it was only shown what would be done.</returns>
    /// <exception cref="JournalNotReadException">The journal may not be read.</exception>
    /// <exception cref="HostIsAnotherException">A host is not the one that the journal tells of.</exception>
    public async Task<MigrationRepair?> RepairAsync(
        Func<CopyStep, Task<RepairConsent>> ask, CancellationToken cancellationToken)
    {
        HostIsAnotherException.ThrowIf((trace.From, source.Named), (trace.To, destination.Named));
        MoveScene scene = await _reader.ReadSettledAsync(Patience, Tell, cancellationToken).ConfigureAwait(false);
        MigrationRepair found = Found(scene);
        if ((scene.Obstacle ?? scene.Settlement.Why) is { } why)
        {
            return found with
            {
                Left = why,
                // While something is under way, what to do by hand would be wrong.
                Remediation = scene.Obstacle is null ? scene.Verdict.Advice : "Try again when it has ended.",
            };
        }

        if (scene.Settlement.Steps.Count == 0)
        {
            return End(found, scene, [], null);
        }

        if (scene.Settlement.Steps.FirstOrDefault(step => step.Wakes) is { } waking
            && await FindElsewhereAsync(waking, cancellationToken).ConfigureAwait(false) is { } elsewhere)
        {
            return found with { ComputerName = null, Left = elsewhere.Message, Remediation = elsewhere.Advice };
        }

        bool onlyShown = false;
        foreach (CopyStep step in scene.Settlement.Steps)
        {
            RepairConsent consent = await ask(step).ConfigureAwait(false);
            if (consent == RepairConsent.Declined)
            {
                return found with
                {
                    Outcome = MigrationRepairOutcome.Declined,
                    Left = $"Not agreed to, on {step.Host}: {step}",
                    Remediation = scene.Verdict.Advice,
                };
            }

            onlyShown |= consent == RepairConsent.OnlyShown;
        }

        return onlyShown ? null : await DoAsync(found, scene.Settlement, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MigrationRepair> DoAsync(
        MigrationRepair found, Settlement settlement, CancellationToken cancellationToken)
    {
        // Once it is begun it is done: half of the steps would be one more thing to repair.
        cancellationToken.ThrowIfCancellationRequested();
        GuestLease lease = GuestLease.Of(settlement.Steps[0].Copy, $"repairs the move of {trace.Name} from {trace.Source} to {trace.Destination}", timing);
        return await lease.DuringAsync(() => DoAsync(found, settlement, lease)).ConfigureAwait(false);
    }

    private async Task<MigrationRepair> DoAsync(MigrationRepair found, Settlement settlement, GuestLease lease)
    {
        List<string> done = [];
        XenMigrateException? error = null;
        try
        {
            await lease.TakeAsync(source.Session!.Shell, trace.Name, CancellationToken.None).ConfigureAwait(false);
            await lease.TakeAsync(destination.Session!.Shell, trace.Name, CancellationToken.None).ConfigureAwait(false);
            foreach (CopyStep step in settlement.Steps)
            {
                await RequireStillAsync(step, lease).ConfigureAwait(false);
                await DoAsync(step, lease).ConfigureAwait(false);
                done.Add($"{step.Host}: {step.Command} ({step})");
            }
        }
        catch (XenMigrateException e)
        {
            error = e;
        }

        // No token: after something was touched, what came of it has to be known.
        MoveScene after = await _reader.ReadSettledAsync(Patience, _ => { }, CancellationToken.None, lease).ConfigureAwait(false);
        MigrationRepair end = End(found, after, done, error);
        return settlement.LeavesNone && error is null && after.Source.IsEmpty && after.Destination.IsEmpty
            ? end with
            {
                Outcome = MigrationRepairOutcome.Cleared,
                Left = "What was only in the guest's memory is lost, and it is to be started afresh.",
            }
            : end;
    }

    /// <summary>While somebody thought about a question, or since the last step, a move may have begun or ended.</summary>
    private async Task RequireStillAsync(CopyStep step, GuestLease lease)
    {
        MoveScene now = await _reader.ReadAsync(lease, CancellationToken.None).ConfigureAwait(false);
        string? changed = now.Obstacle ?? now.Settlement.Why
            ?? (now.Settlement.Steps.Count > 0 && now.Settlement.Steps[0].Is(step) ? null : $"not as it was found: {now.Source}; {now.Destination}");
        if (changed is not null)
        {
            throw new GuestStateUnexpectedException(step.Copy.Name, step.Host, $"{step.Copy.Activity} still, with nothing under way", changed);
        }

        if (step.Wakes && await FindElsewhereAsync(step, CancellationToken.None).ConfigureAwait(false) is { } elsewhere)
        {
            throw elsewhere;
        }
    }

    /// <summary>The copy on a third host, or that a third host can't say whether it has one; null if none has.</summary>
    private async Task<XenMigrateException?> FindElsewhereAsync(CopyStep step, CancellationToken cancellationToken)
    {
        HostSession[] ends = [source.Session!, destination.Session!];
        try
        {
            await new CopiesElsewhere(Array.Find(ends, end => end.ComputerName == step.Host)!, [.. AllHosts.Where(host => !Array.Exists(ends, host.IsSameMachine))])
                .RequireNoneAsync(step.Copy with { Name = trace.Name }, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is GuestCopyElsewhereException or GuestCopyNotExcludedException)
        {
            return (XenMigrateException)e;
        }
    }

    private async Task DoAsync(CopyStep step, GuestLease lease)
    {
        HostSession host = (step.Host == source.Name ? source : destination).Session!;
        IHostShell shell = host.Shell;
        int id = step.Copy.Id!.Value;
        // The quick look takes all guests for xl's; what is libvirt's has to be driven by it.
        ToolstackKind toolstack = (await host.Toolstack.ListAsync(CancellationToken.None).ConfigureAwait(false))
            .FirstOrDefault(guest => guest.Id == id)?.Toolstack ?? step.Copy.Toolstack;
        // What xend calls suspended, the lifecycle would not try to wake.
        Guest copy = step.Copy with { Toolstack = toolstack, Activity = GuestState.Paused };
        GuestLifecycle lifecycle = new(host, timing) { SettlesMoves = true, Lease = lease };

        await (step.Action switch
        {
            CopyAction.Destroy => lifecycle.DestroyStillAsync(copy, CancellationToken.None),
            CopyAction.Unpause => lifecycle.UnpauseAsync(copy, CancellationToken.None),
            CopyAction.Resume => lifecycle.ResumeAsync(copy, step.Waking!, CancellationToken.None),
            CopyAction.EndRestore => EndRestoreAsync(GuardedShell.Of(shell, copy, Expectation.Paused, lease), id),
            _ => host.ToolstackOf(toolstack).Via(GuardedShell.Of(shell, copy, Expectation.Any, lease)).RenameAsync(id, step.NewName!, CancellationToken.None),
        }).ConfigureAwait(false);
    }

    private static async Task EndRestoreAsync(GuardedShell shell, int id)
    {
        RemoteCommand end = XcRestore.End(id);
        CommandResult result = await shell.RunAsync(end, CancellationToken.None).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            throw new RemoteCommandFailedException(shell.Endpoint.ComputerName, end, result);
        }
    }

    private MigrationRepair End(
        MigrationRepair found, MoveScene after, List<string> done, XenMigrateException? error)
    {
        string? runsAt = RunsAt(after);
        bool isWell = runsAt is not null && after.Settlement is { Why: null, Steps.Count: 0 };
        MigrationRepair result = found with
        {
            Outcome = !isWell ? MigrationRepairOutcome.Failed
                : done.Count == 0 && error is null ? MigrationRepairOutcome.NothingToDo
                : MigrationRepairOutcome.Settled,
            ComputerName = runsAt,
            Action = done,
            Now = after.Evidence,
            Left = isWell ? null : error?.Message ?? $"Both hosts were asked again: {after.Source}; {after.Destination}.",
            Remediation = isWell ? null : after.Verdict.Advice,
            Error = isWell ? null : error,
        };

        // One that ended by itself is told of only what was done since.
        if (isWell && MayClose && trace.LogPath is not null
            && (after.Journal is { State: JournalState.Abandoned or JournalState.Unknown } || (done.Count > 0 && after.Journal is { State: JournalState.Finished })))
        {
            SettledJournal.Close(trace.LogPath, result, timing);
        }

        return result;
    }

    private static string? RunsAt(MoveScene scene) => new[] { scene.Source, scene.Destination }
        .Where(view => view.Copies.Any(copy => copy.Activity.IsAlive()))
        .Select(view => view.Host)
        .FirstOrDefault();

    private MigrationRepair Found(MoveScene scene) => new()
    {
        Name = trace.Name,
        LogPath = trace.LogPath,
        Uuid = trace.Uuid ?? scene.Source.Copies.Concat(scene.Destination.Copies).FirstOrDefault()?.Uuid,
        Source = trace.Source,
        Destination = trace.Destination,
        Outcome = MigrationRepairOutcome.Left,
        ComputerName = scene.Verdict.Outcome is MigrationOutcome.Succeeded or MigrationOutcome.FailedSourceRunning ? RunsAt(scene) : null,
        Found = scene.Evidence,
        Now = scene.Evidence,
        Step = scene.Journal?.Step,
        State = scene.Journal?.State,
    };
}
