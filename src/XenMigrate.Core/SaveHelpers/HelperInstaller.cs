namespace XenMigrate.SaveHelpers;

/// <summary>Puts the module's save helper on a host, and takes it away. Both can be repeated.</summary>
internal sealed class HelperInstaller(IHostShell shell, HelperPackage package, HelperFolder folder)
{
    // Nearly 2 MiB over a slow line, and a busy host that writes them.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private string Host => shell.Endpoint.ComputerName;

    /// <summary>For a host whose toolstack starts save helpers.</summary>
    /// <exception cref="NotSupportedByToolstackException">It has none such.</exception>
    public static HelperInstaller On(HostSession host, HelperPackage package) =>
        host.Toolstack.Kind == ToolstackKind.Xend
            ? throw new NotSupportedByToolstackException(
                host.ComputerName, "xend starts no save helper but its own.", "Give a host with xl.")
            : new HelperInstaller(host.Shell, package, HelperFolder.Usual);

    /// <summary>What is there.</summary>
    public async Task<MigrationHelper> LookAsync(CancellationToken cancellationToken) =>
        (await HelperQuestion.Of(Host, folder).AskAsync(shell, cancellationToken).ConfigureAwait(false)).Evaluate(Host, package);

    /// <summary>Installs it, unless it is there; what was there stays until the new one is whole.</summary>
    /// <exception cref="HelperNotShippedException">There is nothing to install.</exception>
    /// <exception cref="HelperChangeFailedException">The host did not take it.</exception>
    public async Task<MigrationHelper> InstallAsync(CancellationToken cancellationToken)
    {
        if (package is not { Name: { } name, Sha256: { } sha256 })
        {
            throw new HelperNotShippedException(package.LocalPath);
        }

        await ActAsync(HelperScripts.Prepare(folder, name), cancellationToken).ConfigureAwait(false);
        string uploaded = $"{folder.Of(name)}/.{Guid.NewGuid():N}";
        try
        {
            await UploadAsync(uploaded, cancellationToken).ConfigureAwait(false);
            await ActAsync(HelperScripts.Accept(uploaded, folder.ProgramOf(name), sha256), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is XenMigrateException or OperationCanceledException)
        {
            await DiscardAsync(uploaded).ConfigureAwait(false);
            throw;
        }

        return await LookAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes every helper of ours away, of whatever version.</summary>
    /// <exception cref="HelperInUseException">One is at work, or a daemon relies on it.</exception>
    /// <exception cref="HelperChangeFailedException">What is there is not ours.</exception>
    public Task UninstallAsync(CancellationToken cancellationToken) => ActAsync(HelperScripts.Remove(folder), cancellationToken);

    private async Task UploadAsync(string path, CancellationToken cancellationToken)
    {
        using FileStream file = OpenPackage();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        try
        {
            await shell.UploadAsync(file, path, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HelperChangeFailedException(Host, $"it had not arrived after {s_limit.TotalMinutes:0} min ({e.Message})");
        }
    }

    private FileStream OpenPackage()
    {
        try
        {
            return new FileStream(package.LocalPath, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HelperChangeFailedException(Host, $"{package.LocalPath} can't be read here: {e.Message}");
        }
    }

    private async Task ActAsync(RemoteCommand command, CancellationToken cancellationToken)
    {
        CommandResult result = await shell.RunAsync(command, cancellationToken).ConfigureAwait(false);
        if (result.Succeeded)
        {
            return;
        }

        string said = result.Error.Trim();
        throw result.ExitCode switch
        {
            HelperScripts.InUse => new HelperInUseException(Host),
            HelperScripts.Relied => new HelperInUseException(Host, OutputExcerpt.Of(said)),
            HelperScripts.Refused => new HelperChangeFailedException(
                Host, $"{said}.", $"Only root may change these folders. Find out who does on {Host}, mend it, and try again."),
            _ => new HelperChangeFailedException(
                Host,
                said.Length > 0 ? OutputExcerpt.Of(said) : $"a command ended with exit code {result.ExitCode}",
                $"Connect as root (Connect-MigrationHost {Host} -UserName root), and see whether there is room in {folder.Root}."),
        };
    }

    /// <summary>Nobody hears of a failure to clear up: what made it needed is told.</summary>
    private async Task DiscardAsync(string uploaded)
    {
        try
        {
            _ = await shell.RunAsync(HelperScripts.Discard(uploaded), CancellationToken.None).ConfigureAwait(false);
        }
        catch (XenMigrateException)
        {
            // It is out of the way: no program is looked for under that name.
        }
    }
}
