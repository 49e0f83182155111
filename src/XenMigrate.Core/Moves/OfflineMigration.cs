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

    private bool _untouched;
    private bool _begun;
    private bool _renaming;
    private bool _restoring;
    private bool _given;
    // What the guest's CPU time was once its image was written: if it is more, the image is old.
    private string? _used;
    private long? _bytes;
    private TimeSpan? _downtime;

    public async Task<TransferRecord> RunAsync(CancellationToken cancellationToken)
    {
        TransferRecord end = await TryMoveAsync(cancellationToken).ConfigureAwait(false);
        OfflineCleanup cleanup = new(plan, _ends, _image, _transcript);
        if (_downtime is not null)
        {
            await cleanup.RemoveImageAsync().ConfigureAwait(false);
        }
        else if (!_given && !_untouched && end.HasEnded && end.Lost is null)
        {
            // What a tool still works on, or somebody else settles, is not ours to undo.
            Report(MigrationStep.Aborting, "Undoing what was done", null);
            await cleanup.UndoAsync(_renaming, _restoring).ConfigureAwait(false);
        }

        return end with
        {
            ExitCode = _downtime is null ? 1 : 0,
            FinishedDespiteCancellation = _downtime is not null && cancellationToken.IsCancellationRequested,
            Downtime = _downtime,
            DowntimeBasis = DowntimeBasis.Commands,
            BytesTransferred = _bytes,
            Transcript = _transcript,
        };
    }

    /// <summary>What it ended with, as far as an exception tells it.</summary>
    private async Task<TransferRecord> TryMoveAsync(CancellationToken cancellationToken)
    {
        TransferRecord end = new();
        try
        {
            await MoveAsync(plan.Guest.Id!.Value, cancellationToken).ConfigureAwait(false);
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
            _untouched = true;
        }
        catch (LeaseLostException e)
        {
            // From here on it is somebody else's to settle.
            _transcript.Add(e.Message);
            end = new TransferRecord { Lost = e.Message };
        }
        catch (WorkUnknownException e)
        {
            _transcript.Add(e.Message);
            end = new TransferRecord { HasEnded = false, HostOfTool = e.Host };
        }
        catch (XenMigrateException e)
        {
            _transcript.Add(e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            end = new TransferRecord { Aborted = true };
        }

        return end;
    }

    private async Task MoveAsync(int id, CancellationToken cancellationToken)
    {
        Report(MigrationStep.Saving, $"Saving to {_image}", 0);
        TimeSpan stopped = timing.Elapsed();
        await SaveAsync(id, cancellationToken).ConfigureAwait(false);
        _bytes = await _image.SizeAsync(_ends.Source, cancellationToken).ConfigureAwait(false);

        // Told before it is done: of a command that failed or broke off nobody knows what it did.
        _renaming = true;
        await _ends.Here(Expectation.Paused, plan.Guest.Name, _used).RenameAsync(id, _ends.AwayName, cancellationToken).ConfigureAwait(false);

        Guest copy = await RestoreAsync(cancellationToken).ConfigureAwait(false);
        await GiveAsync(id, copy).ConfigureAwait(false);
        // From here on whoever reads the journal knows that the copy there is the guest.
        Report(MigrationStep.Starting, $"Starting on {plan.Destination}", 95);
        await _ends.There(copy, Expectation.Paused).StartReceivedAsync(copy.Id!.Value, plan.Guest.Name, CancellationToken.None).ConfigureAwait(false);
        _downtime = timing.Elapsed() - stopped;
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

    private async Task<Guest> RestoreAsync(CancellationToken cancellationToken)
    {
        Report(MigrationStep.Restoring, $"Restoring on {plan.Destination}", 50);
        await _ends.NoteStrangersAsync().ConfigureAwait(false);
        _restoring = true;
        // An xl that is killed while it restores leaves a half-made guest: the request to stop waits for it.
        await _ends.There(copy: null).ReceiveAsync(
            plan.Guest, _image.Path, Percent(MigrationStep.Restoring, 50), CancellationToken.None).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return await _ends.FindCopyAsync().ConfigureAwait(false) is { State: GuestState.Incoming, Activity: GuestState.Paused } paused
            ? paused
            : throw new GuestNotFoundException(plan.Guest.Name, plan.Destination);
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

    private PercentRange Percent(MigrationStep step, int from) =>
        new(percent => Report(step, $"{step} {_image}: {percent} %", from + (percent / 2)));

    private void Report(MigrationStep step, string status, int? percent) =>
        progress?.Report(new MigrationProgress(plan.Guest.Name, step, status, percent));

    private sealed class PercentRange(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
