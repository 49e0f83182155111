namespace XenMigrate.Lifecycle;

/// <summary>How an image is to be restored.</summary>
internal sealed record RestoreOptions
{
    public string? ConfigurationPath { get; init; }

    public bool Paused { get; init; }

    /// <summary>Delete the image once the guest is there.</summary>
    public bool RemoveFile { get; init; }
}

/// <summary>An image that was looked at, with the reason not to restore it if there is one.</summary>
internal sealed record RestorePlan(GuestImage Image, SavedGuestStaleException? Stale)
{
    /// <summary>The hosts that must not have the guest, now and when it is restored.</summary>
    public IReadOnlyList<HostSession> OtherHosts { get; init; } = [];
}

/// <summary>Restores guests from files on a host.</summary>
internal sealed class GuestRestorer(HostSession host, Timing timing)
{
    // Writes that were under way when the guest was saved reach a network file system some seconds later.
    private static readonly TimeSpan s_staleTolerance = TimeSpan.FromSeconds(30);

    private IHostShell Shell => host.Shell;

    /// <summary>Looks at the image, its disks, and every host at hand that might have the guest already.</summary>
    /// <exception cref="SavedGuestCorruptException">It is no whole image.</exception>
    /// <exception cref="NameCollisionException">The guest, or one of its name, is there already.</exception>
    /// <exception cref="GuestCopyElsewhereException">Another host has it.</exception>
    /// <exception cref="GuestCopyNotExcludedException">Another host that may have it does not answer.</exception>
    public async Task<RestorePlan> PlanAsync(
        string path, IReadOnlyList<HostSession> otherHosts, CancellationToken cancellationToken)
    {
        RemotePath.RequireAbsolute(path);
        GuestImage image = await ImageQuestion.Of(host.Toolstack.Kind, host.ComputerName, path)
            .AskAsync(Shell, cancellationToken).ConfigureAwait(false);

        await Task.WhenAll(
            RequireAbsentAsync(host, image.Saved, cancellationToken),
            Elsewhere(otherHosts).RequireNoneAsync(Guest(image.Saved), cancellationToken)).ConfigureAwait(false);

        return new RestorePlan(image, await StaleAsync(image, cancellationToken).ConfigureAwait(false)) { OtherHosts = otherHosts };
    }

    /// <summary>Restores, looks, and returns the guest. Whether the plan's reason not to counts, the caller has decided.</summary>
    public async Task<Guest> RestoreAsync(
        RestorePlan plan, RestoreOptions options, IProgress<int>? percent, CancellationToken cancellationToken)
    {
        string path = plan.Image.Saved.RemotePath;
        // Once more, and held everywhere: while somebody thought about the question, the guest may have come to life elsewhere.
        cancellationToken.ThrowIfCancellationRequested();

        GuestLease lease = new(
            plan.Image.Saved.Uuid, LeaseHolder.For($"restores {plan.Image.Saved.Name} on {host} from {path}", timing.Now()), timing);
        return await lease.DuringAsync(async () =>
        {
            await Elsewhere(plan.OtherHosts).HoldAsync(lease, Guest(plan.Image.Saved), cancellationToken).ConfigureAwait(false);
            return await RestoreAsync(plan, options, path, lease, percent).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private async Task<Guest> RestoreAsync(RestorePlan plan, RestoreOptions options, string path, GuestLease lease, IProgress<int>? percent)
    {
        // Not to be stopped in the middle: a killed tool leaves half a guest.
        Expectation absent = new() { Toolstack = plan.Image.Toolstack, Uuid = plan.Image.Saved.Uuid };
        await host.ToolstackOf(plan.Image.Toolstack).Via(new GuardedShell(Shell, absent, lease)).RestoreAsync(
            path, options.ConfigurationPath, options.Paused, percent, CancellationToken.None).ConfigureAwait(false);
        Guest restored = await FindAsync(host, plan.Image.Saved, CancellationToken.None).ConfigureAwait(false)
            ?? throw new GuestStateUnexpectedException(plan.Image.Saved.Name, host.ComputerName, "restored", "missing");

        bool isRight = options.Paused ? restored.Activity == GuestState.Paused : restored.Activity.IsAlive();
        if (!isRight)
        {
            throw new GuestStateUnexpectedException(
                restored.Name, host.ComputerName, options.Paused ? "Paused" : "Running", restored.Activity.ToString());
        }

        if (options.RemoveFile)
        {
            _ = await Shell.ReadAsync(new RemoteCommand("rm", "-f", "--", path), CancellationToken.None).ConfigureAwait(false);
        }

        return restored;
    }

    private CopiesElsewhere Elsewhere(IReadOnlyList<HostSession> others) => new(host, others);

    private Guest Guest(SavedGuest saved) => new() { Name = saved.Name, Uuid = saved.Uuid, ComputerName = host.ComputerName };

    private static async Task RequireAbsentAsync(HostSession at, SavedGuest saved, CancellationToken cancellationToken)
    {
        if (await FindAsync(at, saved, cancellationToken).ConfigureAwait(false) is { } found)
        {
            throw new NameCollisionException(
                saved.Name, at.ComputerName, $"a guest {found.Name} (id {found.Id}, uuid {found.Uuid}, {found.State})");
        }
    }

    private static async Task<Guest?> FindAsync(HostSession at, SavedGuest saved, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guest> guests = await at.Toolstack.ListAsync(cancellationToken).ConfigureAwait(false);
        // What xend goes on managing of a guest while it is saved has no domain id, and is where the guest belongs.
        return guests.FirstOrDefault(guest => saved.Uuid is not null && guest.Uuid == saved.Uuid
            ? guest.Id is not null
            : guest.Name == saved.Name);
    }

    private async Task<SavedGuestStaleException?> StaleAsync(GuestImage image, CancellationToken cancellationToken)
    {
        string[] writable = [.. image.Disks
            .Where(disk => disk is { ReadOnly: false, FilePath: not null })
            .Select(disk => disk.FilePath!)];
        Survey survey = new(Shell);
        Func<Answer<DiskFile>>[] asked = [.. writable.Select(path => survey.Add(DiskFile.FileQuestion(host.ComputerName, path)))];
        await survey.RunAsync(cancellationToken).ConfigureAwait(false);

        return asked.Select(answer => answer().Value)
            // A device's node tells nothing of when the device was written.
            .Where(file => file is { Exists: true, IsBlockDevice: false } && file.ModifiedAt > image.Saved.SavedAt + s_staleTolerance)
            .Select(file => new SavedGuestStaleException(image.Saved, file!.Path, file.ModifiedAt))
            .FirstOrDefault();
    }
}
