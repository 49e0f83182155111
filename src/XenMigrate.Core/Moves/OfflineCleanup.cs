namespace XenMigrate.Moves;

/// <summary>Takes back what an offline move did before it gave the guest away, and removes what it leaves. What fails is noted.</summary>
internal sealed class OfflineCleanup(MigrationPlan plan, OfflineEnds ends, OfflineImage image, List<string> transcript)
{
    public async Task UndoAsync(bool renaming, bool restoring)
    {
        int id = plan.Guest.Id!.Value;
        // The copy never ran and can't before it is unpaused. If the destination does not answer, or the copy runs all
        // the same, the source's copy must stay paused: two running copies are worse than none.
        bool destinationIsClear = !restoring;
        string? called = ends.AwayName;
        if (renaming)
        {
            await TryAsync(async () => called = (await ends.AtSourceAsync(id).ConfigureAwait(false))?.Name).ConfigureAwait(false);
        }

        if (restoring)
        {
            if (called is null)
            {
                transcript.Add($"{plan.Source} has the guest no more, so its copy on {plan.Destination} is kept as it is.");
                return;
            }

            await TryAsync(async () => destinationIsClear = await ClearDestinationAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }

        if (!destinationIsClear)
        {
            return;
        }

        // Only from the name that we gave it: another name is somebody else's wish.
        if (renaming && called == ends.AwayName.TrimEnd())
        {
            await TryAsync(() => ends.Here(Expectation.Any, ends.AwayName).RenameAsync(id, plan.Guest.Name, CancellationToken.None)).ConfigureAwait(false);
        }

        // xl wakes the guest itself when a save fails; waking it once more does no harm.
        await TryAsync(() => ends.Here(Expectation.Awake, name: null).UnpauseAsync(id, CancellationToken.None)).ConfigureAwait(false);
        await RemoveImageAsync().ConfigureAwait(false);
    }

    public Task RemoveImageAsync() => TryAsync(() => ends.Source.ReadAsync(image.Remove, CancellationToken.None));

    private async Task<bool> ClearDestinationAsync()
    {
        Guest? copy = await ends.FindCopyAsync().ConfigureAwait(false);
        if (copy?.Activity.IsAlive() == true)
        {
            transcript.Add($"{copy.Name} runs on {plan.Destination} (id {copy.Id}), so the copy on {plan.Source} stays paused.");
            return false;
        }

        if (copy is not null)
        {
            await ends.There(copy).DestroyAsync(copy.Id!.Value, CancellationToken.None).ConfigureAwait(false);
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
            transcript.Add(e.Message);
        }
    }
}
