namespace XenMigrate.Ssh;

/// <summary>Runs commands on a host over SSH connections, which are made again when they have dropped.</summary>
internal sealed class SshHostShell : IHostShell
{
    private readonly SshDialer _dialer;
    private readonly SshLanes _lanes;
    private volatile bool _disposed;

    public SshHostShell(string computerName, SshDialer dialer, SshSession session)
    {
        _dialer = dialer;
        SshTarget target = dialer.Target;
        Endpoint = new HostEndpoint(
            computerName, target.HostName, target.Port, target.UserName, session.Fingerprint, target.Jump?.Name);
        _lanes = new SshLanes(
            session,
            closing => dialer.DialAsync(session.Fingerprint, closing),
            () => new HostNotConnectedException(computerName));
    }

    public HostEndpoint Endpoint { get; }

    public bool IsConnected => !_disposed && _lanes.IsConnected;

    /// <summary>How many connections stand.</summary>
    internal int Connections => _lanes.Count;

    public async Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        CommandResult result = await RunAsync(command, timeout, lines, mark: null, cancellationToken).ConfigureAwait(false);
        // Whoever gets the lines has seen them all, and may watch a file that never ends.
        return lines is null ? result.Whole(command) : result;
    }

    public async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken)
    {
        CommandBatches together = new(batches, CommandBatches.NewBoundary());
        return together.Split(
            await RunAsync(together.Command, timeout, lines: null, together.MarkPrefix, cancellationToken).ConfigureAwait(false));
    }

    public async Task UploadAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        using SshFiles files = await FilesAsync(cancellationToken).ConfigureAwait(false);
        await files.UploadAsync(Endpoint.ComputerName, content, path, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _disposed = true;
        _lanes.Dispose();
    }

    private async Task<SshFiles> FilesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _dialer.DialForFilesAsync(Endpoint.HostKeyFingerprint, cancellationToken).ConfigureAwait(false);
        }
        catch (HostUnreachableException e)
        {
            string host = Endpoint.ComputerName;
            throw new HelperChangeFailedException(
                host,
                $"no file can be sent there: {e.Message}",
                $"See whether 'sftp {host}' works from this machine: the host's sshd_config needs its Subsystem sftp.");
        }
    }

    private async Task<CommandResult> RunAsync(
        RemoteCommand command,
        TimeSpan timeout,
        IProgress<OutputLine>? lines,
        string? mark,
        CancellationToken cancellationToken)
    {
        try
        {
            // What has no limit of time is a transfer, or waits for one.
            return await _lanes.RunAsync(
                isTransfer: timeout == Timeout.InfiniteTimeSpan,
                session => RunAsync(session, command, timeout, lines, mark, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelRefusedException e)
        {
            throw new HostUnreachableException(
                Endpoint.ComputerName, "it begins no command on a new connection (MaxSessions of its sshd?).", e);
        }
    }

    private async Task<CommandResult> RunAsync(
        SshSession session,
        RemoteCommand command,
        TimeSpan timeout,
        IProgress<OutputLine>? lines,
        string? mark,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            timer.CancelAfter(timeout);
        }

        try
        {
            return await SshErrors.TranslateAsync(
                () => session.RunAsync(command, lines, mark, EndAsync, timer.Token),
                e => SshErrors.Running(Endpoint.ComputerName, e)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new HostTimeoutException(Endpoint.ComputerName, command, timeout);
        }
        catch (NotBegunException e)
        {
            throw new LoginShellUnusableException(
                Endpoint.ComputerName, Endpoint.UserName, e.Result.ExitCode, e.Result.Output + e.Result.Error);
        }
        catch (HostDisconnectedException e)
        {
            // Also when it merely hangs: the next command shall begin with a new connection.
            session.Close(e.Reason);
            throw;
        }
    }

    /// <summary>Ends a process group on the host, and says whether it came to that.</summary>
    private async Task<bool> EndAsync(int group, CancellationToken cancellationToken)
    {
        try
        {
            return await _lanes.RunAsync(
                isTransfer: false, session => session.TerminateAsync(group, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (ChannelRefusedException)
        {
            return false;
        }
        catch (XenMigrateException)
        {
            return false;
        }
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
        {
            throw new HostNotConnectedException(Endpoint.ComputerName);
        }
    }
}
