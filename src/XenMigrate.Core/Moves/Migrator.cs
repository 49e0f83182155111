namespace XenMigrate.Moves;

/// <summary>Moves guests: plan, run, and then ask both hosts what came of it.</summary>
internal sealed class Migrator(IProgress<MigrationProgress>? progress, Timing timing)
{
    /// <summary>Looks, asks, moves, and looks again.</summary>
    /// <param name="confirm">Asked once the plan stands, and only if nothing speaks against it.</param>
    /// <returns>Null if the answer was no.</returns>
    /// <exception cref="GuestNotRunningException">It has no domain, and the check that says so was left out.</exception>
    /// <exception cref="NotSupportedByToolstackException">It shows no uuid, or can't be moved offline.</exception>
    public async Task<MigrationResult?> MoveAsync(
        HostSession source,
        HostSession destination,
        Guest guest,
        MigrationOptions options,
        Func<MigrationPlan, Task<bool>> confirm,
        CancellationToken cancellationToken)
    {
        TimeSpan began = timing.Elapsed();
        progress?.Report(new MigrationProgress(guest.Name, MigrationStep.Checking, $"Checking {source} and {destination}"));
        MigrationPlan plan = await MigrationPlanner.PlanAsync(source, destination, guest, options, timing, cancellationToken)
            .ConfigureAwait(false);

        // Time spent on the question is not the move's.
        TimeSpan checking = timing.Elapsed() - began;
        bool isReady = false;
        string? folder = null;
        try
        {
            if (!plan.IsReady)
            {
                return MigrationResults.Refused(plan, checking);
            }

            folder = await FolderAsync(plan, options, cancellationToken).ConfigureAwait(false);
            isReady = await confirm(plan).ConfigureAwait(false);
        }
        finally
        {
            if (!isReady && plan.Connection is { } unused)
            {
                await unused.EndAsync(source.Shell).ConfigureAwait(false);
            }
        }

        if (!isReady)
        {
            return null;
        }

        TimeSpan answered = timing.Elapsed();
        MigrationResult result = await RunAsync(plan, folder, options, cancellationToken).ConfigureAwait(false);
        return result with { Duration = checking + (timing.Elapsed() - answered) };
    }

    /// <summary>The folder that an offline move goes by; null for one that needs none.</summary>
    private static async Task<string?> FolderAsync(MigrationPlan plan, MigrationOptions options, CancellationToken cancellationToken)
    {
        if (plan.Guest.Id is null)
        {
            // What xend only manages has no domain that could be moved, checks or no checks.
            throw new GuestNotRunningException(plan.Guest, "running, to be moved");
        }

        RequireUuid(plan.Guest);
        return options.Live || plan.SourceHost.ToolstackOf(plan.Guest.Toolstack).MovesOfflineItself
            ? null
            : await SharedFolderAsync(plan, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MigrationResult> RunAsync(
        MigrationPlan plan, string? folder, MigrationOptions options, CancellationToken cancellationToken)
    {
        // A transfer that is to finish offline at the limit keeps it itself.
        TimeSpan? longest = plan.PreCopy?.TimeLimit is null ? options.Timeout : null;
        using CancellationTokenSource time = timing.Limit(longest ?? Timeout.InfiniteTimeSpan);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, time.Token);

        GuestLease lease = GuestLease.Of(plan.Guest, $"moves {plan.Guest.Name} from {plan.Source} to {plan.Destination}", timing);
        if (plan.Connection is { } connection)
        {
            lease.AtLast(plan.SourceHost.Shell, connection.End);
        }

        return await lease.DuringAsync(async () =>
        {
            // The source's is taken with the first act there. Nobody else brings a copy to the destination meanwhile.
            await lease.TakeAsync(plan.DestinationHost.Shell, plan.Guest.Name, cancellationToken).ConfigureAwait(false);
            TimeSpan transferBegan = timing.Elapsed();
            progress?.Report(new MigrationProgress(plan.Guest.Name, MigrationStep.CopyingMemory, "Starting the transfer", 0));
            TransferRecord record = await TransferAsync(plan, folder, options, lease, limit.Token).ConfigureAwait(false);

            progress?.Report(new MigrationProgress(plan.Guest.Name, MigrationStep.Reconciling, "Asking both hosts", 99));
            Reconciliation found;
            try
            {
                found = await new Reconciler(plan.SourceHost, plan.DestinationHost, timing)
                    .RunAsync(plan.Guest, record.WasKept, lease).ConfigureAwait(false);
            }
            finally
            {
                record = await record.CountedAsync().ConfigureAwait(false);
            }

            if (found.Verdict.Outcome != MigrationOutcome.Succeeded && found.Destination.Answered)
            {
                IReadOnlyList<string> log = await DestinationLogAsync(plan, timing.Elapsed() - transferBegan).ConfigureAwait(false);
                record = record with { Transcript = [.. record.Transcript, .. log] };
            }

            bool timedOut = limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
            return MigrationResults.Of(plan, record, found, timedOut);
        }).ConfigureAwait(false);
    }

    /// <summary>What the destination noted and did not tell the source; libvirt tells all.</summary>
    private static async Task<IReadOnlyList<string>> DestinationLogAsync(MigrationPlan plan, TimeSpan took) => plan.Guest.Toolstack switch
    {
        ToolstackKind.Xend => await XendDestinationLog.ReadAsync(plan.DestinationHost.Shell, took).ConfigureAwait(false),
        ToolstackKind.Xl => await XlDestinationLog.ReadAsync(plan.DestinationHost.Shell, plan.Guest.Name, took).ConfigureAwait(false),
        _ => [],
    };

    private Task<TransferRecord> TransferAsync(
        MigrationPlan plan, string? folder, MigrationOptions options, GuestLease lease, CancellationToken cancellationToken) => folder is not null
        ? new OfflineMigration(plan, folder, lease, progress, timing).RunAsync(cancellationToken)
        : plan.SourceHost.ToolstackOf(plan.Guest.Toolstack).MigrateAsync(
            new TransferRequest(plan.Guest, plan.SourceHost.Shell, plan.MigrationAddress, timing)
            {
                SourceBootId = plan.Facts.Source.BootId.Value,
                Live = options.Live,
                Persist = options.Persist,
                RemoveSourceDefinition = options.RemoveSourceDefinition,
                PreCopy = plan.PreCopy,
                Helpers = plan.Helpers,
                Connection = plan.Connection,
                Lease = lease,
            },
            progress,
            cancellationToken);

    // A guest is its uuid: by it the hosts hold the guest against others, and its copies are told from other guests.
    private static void RequireUuid(Guest guest)
    {
        if (guest.Uuid is null)
        {
            throw new NotSupportedByToolstackException(
                guest.ComputerName,
                $"{guest.Name} shows no uuid, so nothing keeps others from moving it too, and its copies can't be told from other guests.",
                $"Try again, as a busy host may show less than it has; or see there what '{(guest.Toolstack == ToolstackKind.Xend ? "xm list --long" : "xl list -l")}' has of it.");
        }
    }

    private static async Task<string> SharedFolderAsync(MigrationPlan plan, CancellationToken cancellationToken)
    {
        string folder = SharedFolder.Of(plan.Facts, plan.Guest)
            ?? throw new NotSupportedByToolstackException(
                plan.Source,
                $"an offline move of {plan.Guest.Name} needs a folder that both hosts see, and none of its disks is a file in one.",
                "Move-Guest -Live moves it; or use Save-Guest, copy the image, and Restore-Guest.");
        CommandResult space = await FolderSpace.Question(folder)
            .AskAsync(plan.SourceHost.Shell, cancellationToken).ConfigureAwait(false);
        FolderSpace.Require(plan.Source, folder, space, plan.Guest);
        return folder;
    }
}
