namespace XenMigrate.Ssh;

/// <summary>A connection for files (SFTP), with those to the hosts on the way.</summary>
internal sealed class SshFiles(IReadOnlyList<SshClient> route, SftpClient client) : IDisposable
{
    /// <summary>Writes a file that is not there yet.</summary>
    public async Task UploadAsync(string host, Stream content, string path, CancellationToken cancellationToken)
    {
        // What SSH.NET does here blocks, and hears of no token: the connection's end is what ends it.
        using CancellationTokenRegistration ends = cancellationToken.Register(Dispose);
        try
        {
            _ = await SshErrors.TranslateAsync(
                () => BlockingThread.Run(() =>
                {
                    using Stream file = client.Open(path, FileMode.CreateNew, FileAccess.Write);
                    content.CopyTo(file);
                    return true;
                }),
                e => e is SshException and not (SshConnectionException or SshOperationTimeoutException)
                    ? new HelperChangeFailedException(host, $"{path} could not be written: {e.Message}")
                    : SshErrors.Running(host, e)).ConfigureAwait(false);
        }
        catch (XenMigrateException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }

    public void Dispose()
    {
        client.Dispose();
        for (int i = route.Count - 1; i >= 0; i--)
        {
            route[i].Dispose();
        }
    }
}
