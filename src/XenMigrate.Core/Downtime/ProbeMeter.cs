namespace XenMigrate.Downtime;

/// <summary>Sends probes at a steady interval, without waiting for the answer to the one before.</summary>
/// <param name="name">Who is probed.</param>
/// <param name="basis">How.</param>
/// <param name="probe">One probe: true if it was answered.</param>
/// <param name="interval">Between two probes.</param>
internal sealed class ProbeMeter(
    string name,
    GuestDowntimeBasis basis,
    Func<CancellationToken, Task<bool>> probe,
    TimeSpan interval,
    Timing timing) : IDowntimeMeter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(6);

    private readonly ProbeLog _log = new(interval);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await probe(cancellationToken).ConfigureAwait(false))
        {
            throw new HeartbeatMissingException(name, basis == GuestDowntimeBasis.Ping ? "it does not answer ping." : "it does not take the connection.", probed: true);
        }
    }

    public async Task<GuestDowntime> ListenAsync(Task work, CancellationToken cancellationToken)
    {
        List<Task> open = [];
        TimeSpan began = timing.Elapsed();
        TimeSpan next = began;
        int known = -1;
        TimeSpan end = TimeSpan.MaxValue;

        TimeSpan stopped;
        bool recovered = false;
        try
        {
            while (known < 0 || (_log.Answers == known && timing.Elapsed() < end))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (known < 0 && work.IsCompleted)
                {
                    known = _log.Answers;
                    end = timing.Elapsed() + s_patience;
                }

                open.RemoveAll(task => task.IsCompleted);
                open.Add(ProbeAsync(began, cancellationToken));
                next += interval;
                TimeSpan pause = next - timing.Elapsed();
                if (pause > TimeSpan.Zero)
                {
                    await timing.Delay(pause, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    next = timing.Elapsed();
                }
            }
        }
        finally
        {
            stopped = timing.Elapsed() - began;
            recovered = _log.Answers > known;
            await Task.WhenAll(open).ConfigureAwait(false);
        }

        return _log.Measure(name, stopped) with { Basis = basis, Recovered = recovered };
    }

    private async Task ProbeAsync(TimeSpan began, CancellationToken cancellationToken)
    {
        _log.Sent();
        if (await probe(cancellationToken).ConfigureAwait(false))
        {
            _log.Answered(timing.Elapsed() - began);
        }
    }
}
