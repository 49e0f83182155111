namespace XenMigrate.Hosts;

/// <summary>Lets no more than so many hosts be asked at once: each of them costs this machine threads and memory.</summary>
internal sealed class HostGate(int most = HostGate.Usual) : IDisposable
{
    /// <summary>More hosts than most people have, and few enough for any machine.</summary>
    public const int Usual = 64;

    private readonly SemaphoreSlim _free = new(most);

    public async Task<T> EnterAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _ = _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
