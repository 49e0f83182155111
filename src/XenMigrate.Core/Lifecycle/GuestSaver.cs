namespace XenMigrate.Lifecycle;

/// <summary>How a guest is to be saved.</summary>
internal sealed record SaveOptions
{
    public SaveMode Mode { get; init; }

    /// <summary>Whether a file that is there already may be replaced.</summary>
    public bool Overwrite { get; init; }

    public bool SkipVerify { get; init; }
}

/// <summary>
/// Saves guests to files on their host. The image gets its name once it is whole, so that a file of that name is never
/// half an image, and an older one is only replaced by a good one.
/// </summary>
internal sealed class GuestSaver(HostSession host, Timing timing)
{
    private const string PartialSuffix = ".partial";

    private IHostShell Shell => host.Shell;

    /// <exception cref="GuestNotRunningException">A guest that does not run can't be saved.</exception>
    /// <exception cref="RemotePathInvalidException">The file exists or is a folder, or its folder is missing or too full.</exception>
    /// <exception cref="SavedGuestCorruptException">
    /// What was written is no whole image. If the guest was to end, it has ended; the file is kept.
    /// </exception>
    public async Task<SavedGuest> SaveAsync(
        Guest guest, string path, SaveOptions options, IProgress<int>? percent, CancellationToken cancellationToken)
    {
        await RequireRoomAsync(guest, path, options.Overwrite, cancellationToken).ConfigureAwait(false);
        GuestLease lease = GuestLease.Of(guest, $"saves {guest.Name} on {host} to {path}", timing);
        return await lease.DuringAsync(() => SaveAsync(guest, path, options, lease, percent, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<SavedGuest> SaveAsync(
        Guest guest, string path, SaveOptions options, GuestLease lease, IProgress<int>? percent, CancellationToken cancellationToken)
    {
        string partial = path + PartialSuffix;
        // Before the file is made anew: it may be the one that somebody else's save of this guest writes to.
        await lease.TakeAsync(Shell, guest.Name, cancellationToken).ConfigureAwait(false);
        _ = await Shell.ReadAsync(FreshFile.Command(partial), cancellationToken).ConfigureAwait(false);

        try
        {
            // Not to be stopped in the middle: a guest that is suspended by then would stay so.
            await host.ToolstackOf(guest.Toolstack).Via(GuardedShell.Of(Shell, guest, Expectation.Awake, lease)).SaveAsync(
                guest.Id!.Value, partial, options.Mode, percent, CancellationToken.None).ConfigureAwait(false);
        }
        catch (RemoteCommandFailedException)
        {
            // The tool let the guest go on, and left half a file. But exit codes lie, and where the guest does not go on, its
            // image may be all that there is of it.
            if (await GoesOnAsync(guest).ConfigureAwait(false))
            {
                _ = await Shell.RunAsync(new RemoteCommand("rm", "-f", "--", partial), CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }

        SavedGuest saved = options.SkipVerify
            ? await GuestImage.Unread(host.ComputerName, partial, guest).AskAsync(Shell, CancellationToken.None).ConfigureAwait(false)
            : (await ImageQuestion.Of(guest.Toolstack, host.ComputerName, partial)
                .AskAsync(Shell, CancellationToken.None).ConfigureAwait(false)).Saved;

        await RenameAsync(partial, path).ConfigureAwait(false);
        return saved with { RemotePath = path };
    }

    /// <exception cref="RemotePathInvalidException">It says where the image is: it may be all that there is of the guest.</exception>
    private async Task RenameAsync(string partial, string path)
    {
        try
        {
            _ = await Shell.ReadAsync(new RemoteCommand("mv", "-f", "-T", "--", partial, path), CancellationToken.None).ConfigureAwait(false);
        }
        catch (RemoteCommandFailedException e)
        {
            throw new RemotePathInvalidException(
                path,
                $"the guest was saved on {host}, but its image could not get this name: {e.Message} The image is whole, and is {partial}.",
                $"To bring the guest back: Restore-Guest {PowerShellText.Quote(partial)} -ComputerName {PowerShellText.Quote(host.ComputerName)}");
        }
    }

    private async Task<bool> GoesOnAsync(Guest saved)
    {
        try
        {
            IReadOnlyList<Guest> guests = await host.Toolstack.ListAsync(CancellationToken.None).ConfigureAwait(false);
            return guests.Any(guest => guest.Id == saved.Id && guest.State.IsAlive());
        }
        catch (XenMigrateException)
        {
            return false;
        }
    }

    private async Task RequireRoomAsync(Guest guest, string path, bool overwrite, CancellationToken cancellationToken)
    {
        RemotePath.RequireAbsolute(path);
        if (guest.IsLeftover())
        {
            throw new GuestIsLeftoverException(guest);
        }

        if (!guest.State.IsAlive())
        {
            throw new GuestNotRunningException(guest, "running, to answer the request to suspend");
        }

        Survey survey = new(Shell);
        Func<Answer<CommandResult>> exists = survey.Add(new Question<CommandResult>(new RemoteCommand("test", "-e", path), r => r));
        Func<Answer<CommandResult>> isFolder = survey.Add(new Question<CommandResult>(new RemoteCommand("test", "-d", path), r => r));
        Func<Answer<CommandResult>> room = survey.Add(FolderSpace.Question(RemotePath.Folder(path)));
        await survey.RunAsync(cancellationToken).ConfigureAwait(false);

        if (isFolder().Value!.Succeeded)
        {
            throw new RemotePathInvalidException(
                path, $"it is a folder on {host}.", $"Give the path of a file in it: {path.TrimEnd('/')}/{{Name}}.save");
        }

        if (exists().Value!.Succeeded && !overwrite)
        {
            throw new RemotePathInvalidException(path, $"the file exists on {host}.", "Give another path, or -Force to replace it.");
        }

        FolderSpace.Require(host.ComputerName, path, room().Value!, guest);
    }
}
