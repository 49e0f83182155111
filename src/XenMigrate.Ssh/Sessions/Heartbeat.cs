namespace XenMigrate.Ssh;

/// <summary>Finds out, while commands run, that a host no longer answers.</summary>
/// <remarks>
/// SSH.NET's keep-alive only sends, and a host that vanished without a word would be noticed by TCP after a quarter of
/// an hour. A beat is a command that does nothing, over a channel of its own.
/// </remarks>
internal sealed class Heartbeat(SshClient client, SshTimes times, Action onSilence) : IDisposable
{
    private const string Nothing = "exit 0";

    private readonly object _lock = new();
    private int _running;
    private CancellationTokenSource? _stop;

    /// <summary>A command begins.</summary>
    public void Enter()
    {
        lock (_lock)
        {
            if (_running++ == 0)
            {
                _stop = new CancellationTokenSource();
                _ = BeatAsync(_stop.Token);
            }
        }
    }

    /// <summary>A command has ended; with the last one the beat ends too.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_running == 0)
            {
                Stop();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Stop();
        }
    }

    private void Stop()
    {
        _stop?.Cancel();
        _stop?.Dispose();
        _stop = null;
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        bool answers = true;
        while (answers && await RestAsync(cancellationToken).ConfigureAwait(false))
        {
            answers = await BlockingThread.Run(Answers).ConfigureAwait(false);
        }

        if (!answers)
        {
            onSilence();
        }
    }

    private async Task<bool> RestAsync(CancellationToken cancellationToken)
    {
        Task rest = Task.Delay(times.BetweenBeats, cancellationToken);
        await rest.EndsBefore(cancellationToken).ConfigureAwait(false);
        return !cancellationToken.IsCancellationRequested;
    }

    private bool Answers() => Try() is not SshOperationTimeoutException;

    /// <summary>Whether the host opens one more channel; that it can't be asked is for others to find out.</summary>
    public bool OpensChannel() => !(Try() is SshException e && ChannelRefusedException.Is(e));

    // It broke by itself, which the commands are told, or it has no channel to spare, which is an answer.
    private Exception? Try()
    {
        try
        {
            using SshCommand command = client.CreateCommand(Nothing);
            command.CommandTimeout = times.Silence;
            command.Execute();
            return null;
        }
        catch (SshException e)
        {
            return e;
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
