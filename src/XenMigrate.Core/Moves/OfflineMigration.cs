namespace XenMigrate.Moves;

/// <summary>
/// Moves a guest that stands still meanwhile, by an image in a folder that both hosts see. The guest stays on the
/// source, paused, until the destination has shown its copy; so every step before the source's copy is destroyed can
/// be undone, and no step after it is left out.
/// </summary>
internal sealed class OfflineMigration(
    MigrationPlan plan, string folder, GuestLease lease, IProgress<MigrationProgress>? progress, Timing timing)
{
    private readonly List<string> _transcript = [];
    private readonly OfflineEnds _ends = new(plan, lease);
    private readonly OfflineImage _image = new(folder, plan.Guest, timing);

    private bool _begun;
    private bool _renaming;
    private bool _restoring;
    private bool _given;
    // What the guest's CPU time was once its image was written: if it is more, the image is old.
    private string? _used;

    public async Task<TransferRecord> RunAsync(CancellationToken cancellationToken)
    {
        int id = plan.Guest.Id!.Value;
        bool aborted = false;
        TimeSpan? downtime = null;
        long? bytes = null;
        TimeSpan stopped;
        string? hostOfTool = null;
        string? lost = null;
        bool untouched = false;

        try
        {
            Report(MigrationStep.Saving, $"Saving to {_image}", 0);
            stopped = timing.Elapsed();
            await SaveAsync(id, cancellationToken).ConfigureAwait(false);
            bytes = await _image.SizeAsync(_ends.Source, cancellationToken).ConfigureAwait(false);

            // Told before it is done: of a command that failed or broke off nobody knows what it did.
            _renaming = true;
            await _ends.Here(Expectation.Paused, plan.Guest.Name, _used).RenameAsync(id, _ends.AwayName, cancellationToken).ConfigureAwait(false);

            Report(MigrationStep.Restoring, $"Restoring on {plan.Destination}", 50);
            await _ends.NoteStrangersAsync().ConfigureAwait(false);
            _restoring = true;
            // An xl that is killed while it restores leaves a half-made guest: the request to stop waits for it.
            await _ends.There(copy: null).ReceiveAsync(
                plan.Guest, _image.Path, Percent(MigrationStep.Restoring, 50), CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            Guest copy = await _ends.FindCopyAsync().ConfigureAwait(false) is { State: GuestState.Incoming, Activity: GuestState.Paused } paused
                ? paused
                : throw new GuestNotFoundException(plan.Guest.Name, plan.Destination);

            await GiveAsync(id, copy).ConfigureAwait(false);
            // From here on whoever reads the journal knows that the copy there is the guest.
            Report(MigrationStep.Starting, $"Starting on {plan.Destination}", 95);
            await _ends.There(copy, Expectation.Paused).StartReceivedAsync(copy.Id!.Value, plan.Guest.Name, CancellationToken.None).ConfigureAwait(false);
            downtime = timing.Elapsed() - stopped;
            await TryAsync(() => _ends.Source.ReadAsync(_image.Remove, CancellationToken.None)).ConfigureAwait(false);
        }
        catch (GuestLeasedException) when (!_begun)
        {
            // Nothing was touched: this is no move that failed, but none.
            throw;
        }
        catch (GuestChangedException e) when (!_begun)
        {
            // Nothing was touched, so there is nothing to undo.
            _transcript.Add(e.Message);
            untouched = true;
        }
        catch (LeaseLostException e)
        {
            // From here on it is somebody else's to settle.
            _transcript.Add(e.Message);
            lost = e.Message;
        }
        catch (WorkUnknownException e)
        {
            _transcript.Add(e.Message);
            hostOfTool = e.Host;
        }
        catch (XenMigrateException e)
        {
            _transcript.Add(e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            aborted = true;
        }

        if (!_given && !untouched && hostOfTool is null && lost is null)
        {
            Report(MigrationStep.Aborting, "Undoing what was done", null);
            await UndoAsync(id).ConfigureAwait(false);
        }

        return new TransferRecord
        {
            ExitCode = downtime is null ? 1 : 0,
            HasEnded = hostOfTool is null,
            HostOfTool = hostOfTool,
            Lost = lost,
            Aborted = aborted,
            FinishedDespiteCancellation = downtime is not null && cancellationToken.IsCancellationRequested,
            Downtime = downtime,
            DowntimeBasis = DowntimeBasis.Commands,
            BytesTransferred = bytes,
            Transcript = _transcript,
        };
    }

    /// <summary>xl save must not be killed in the middle: a guest that is suspended then stays so.</summary>
    private async Task SaveAsync(int id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (Toolstack source, GuardedShell shell) = _ends.ForSave(Expectation.Awake, plan.Guest.Name);
        await source.SaveAsync(
            id, _image.Path, SaveMode.KeepPaused, Percent(MigrationStep.Saving, 0), CancellationToken.None).ConfigureAwait(false);
        _begun = true;
        _used = shell.Used;
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The point of no return. From here on there is no token: the guest has to run somewhere.</summary>
    private async Task GiveAsync(int id, Guest copy)
    {
        _given = true;
        GivenGuest? gives = plan.Facts.Destination.BootId.Value is { } boot ? new GivenGuest(boot, copy.Id!.Value) : null;
        try
        {
            // Whoever let it run meanwhile made the image old, and runs the guest: then it is the copy that goes.
            await _ends.Here(Expectation.Paused, _ends.AwayName, _used ?? "nobody knows how many", gives)
                .DestroyAsync(id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ActNotDoneException)
        {
            _given = false;
            throw;
        }
        catch (XenMigrateException e)
        {
            if (await _ends.AtSourceAsync(id).ConfigureAwait(false) is not null)
            {
                // It was not given after all, so it can be taken back.
                _given = false;
                throw;
            }

            // That it is gone does not mean that we took it away: it may have been let run before.
            HostNotes notes = await LeaseCommands.List.AskAsync(_ends.Source, CancellationToken.None).ConfigureAwait(false);
            if (gives is null || notes.Given(plan.Guest.Uuid) != gives)
            {
                throw;
            }

            _transcript.Add(e.Message);
        }
    }

    private async Task UndoAsync(int id)
    {
        // The copy never ran and can't before it is unpaused. If the destination does not answer, or the copy runs all
        // the same, the source's copy must stay paused: two running copies are worse than none.
        bool destinationIsClear = !_restoring;
        string? called = _ends.AwayName;
        if (_renaming)
        {
            await TryAsync(async () => called = (await _ends.AtSourceAsync(id).ConfigureAwait(false))?.Name).ConfigureAwait(false);
        }

        if (_restoring)
        {
            if (called is null)
            {
                _transcript.Add($"{plan.Source} has the guest no more, so its copy on {plan.Destination} is kept as it is.");
                return;
            }

            await TryAsync(async () => destinationIsClear = await ClearDestinationAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }

        if (!destinationIsClear)
        {
            return;
        }

        // Only from the name that we gave it: another name is somebody else's wish.
        if (_renaming && called == _ends.AwayName.TrimEnd())
        {
            await TryAsync(() => _ends.Here(Expectation.Any, _ends.AwayName).RenameAsync(id, plan.Guest.Name, CancellationToken.None)).ConfigureAwait(false);
        }

        // xl wakes the guest itself when a save fails; waking it once more does no harm.
        await TryAsync(() => _ends.Here(Expectation.Awake, name: null).UnpauseAsync(id, CancellationToken.None)).ConfigureAwait(false);
        await TryAsync(() => _ends.Source.ReadAsync(_image.Remove, CancellationToken.None)).ConfigureAwait(false);
    }

    private async Task<bool> ClearDestinationAsync()
    {
        Guest? copy = await _ends.FindCopyAsync().ConfigureAwait(false);
        if (copy?.Activity.IsAlive() == true)
        {
            _transcript.Add($"{copy.Name} runs on {plan.Destination} (id {copy.Id}), so the copy on {plan.Source} stays paused.");
            return false;
        }

        if (copy is not null)
        {
            await _ends.There(copy).DestroyAsync(copy.Id!.Value, CancellationToken.None).ConfigureAwait(false);
        }

        return true;
    }

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (XenMigrateException e)
        {
            _transcript.Add(e.Message);
        }
    }

    private PercentRange Percent(MigrationStep step, int from) =>
        new(percent => Report(step, $"{step} {_image}: {percent} %", from + (percent / 2)));

    private void Report(MigrationStep step, string status, int? percent) =>
        progress?.Report(new MigrationProgress(plan.Guest.Name, step, status, percent));

    private sealed class PercentRange(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
