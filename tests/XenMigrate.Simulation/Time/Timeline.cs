namespace XenMigrate.Simulation.Time;

/// <summary>
/// Simulated time: what is to happen, in order. Between two events everything goes on until it waits for another event,
/// on one thread; so the same seed always makes the same run.
/// </summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (TimeSpan Due, long Number)> _events = new();
    private long _number;

    public static DateTimeOffset Start { get; } = new(2026, 11, 22, 22, 0, 0, TimeSpan.Zero);

    /// <summary>Since the beginning.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>How many events there were.</summary>
    public long Steps { get; private set; }

    /// <summary>What happens after a time.</summary>
    public void After(TimeSpan time, Action happens) =>
        _events.Enqueue(happens, (Now + (time > TimeSpan.Zero ? time : TimeSpan.Zero), _number++));

    /// <summary>Lets events happen until a condition holds.</summary>
    /// <param name="until">Looked at after each event.</param>
    /// <param name="limit">When it is given up.</param>
    /// <param name="afterEach">Done after each event.</param>
    /// <returns>Whether the condition held in the end.</returns>
    public async Task<bool> RunAsync(Func<bool> until, TimeSpan limit, Action afterEach)
    {
        await QuietAsync();
        while (!until())
        {
            if (!_events.TryPeek(out Action? happens, out (TimeSpan Due, long) when) || when.Due > limit)
            {
                Now = limit;
                return false;
            }

            _ = _events.Dequeue();
            Now = when.Due;
            Steps++;
            happens();
            await QuietAsync();
            afterEach();
            await QuietAsync();
        }

        return true;
    }

    /// <summary>Lets everything go on that can, as far as it can.</summary>
    private static async Task QuietAsync()
    {
        // What was queued goes first, in the pool's one thread: see SingleThread.
        await Task.Yield();
        await Task.Yield();
    }
}
