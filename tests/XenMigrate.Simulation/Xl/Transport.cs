namespace XenMigrate.Simulation.Xl;

/// <summary>
/// What carries a guest between the two ends of a move: an ordered pipe each way, whose ends hear of its breaking at different times.
/// </summary>
internal sealed class Transport
{
    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(3);

    private readonly World _world;

    /// <param name="world">Where it is.</param>
    /// <param name="source">The sender's host.</param>
    /// <param name="destination">The receiver's host.</param>
    /// <param name="tellsOfDeath">Whether the receiver hears of it if the sender's host goes down: plain TCP does not ask.</param>
    public Transport(World world, SimulatedHost source, SimulatedHost destination, bool tellsOfDeath = true)
    {
        _world = world;
        ToReceiver = new TransportEnd(world);
        ToSender = new TransportEnd(world);
        source.WentDown += tellsOfDeath ? Break : FallSilent;
        destination.WentDown += Break;
    }

    /// <summary>What the receiver reads.</summary>
    public TransportEnd ToReceiver { get; }

    /// <summary>What the sender reads.</summary>
    public TransportEnd ToSender { get; }

    public bool IsBroken { get; private set; }

    public void Send(TransportEnd to, object message) => _world.Timeline.After(s_latency, () =>
    {
        if (!IsBroken)
        {
            to.Take(message);
        }
    });

    /// <summary>It breaks: whoever reads hears of it once the other end's silence is noticed.</summary>
    public void Break()
    {
        if (!IsBroken)
        {
            IsBroken = true;
            // ssh asks for signs of life; sshd waits for TCP, which is quick where the other end's machine lives.
            ToSender.CloseAfter(_world.Between(0.01, 15));
            ToReceiver.CloseAfter(_world.Chance(0.8) ? _world.Between(0.01, 20) : _world.Between(60, 900));
        }
    }

    private void FallSilent() => IsBroken = true;

    /// <summary>One end is done with it: the other reads what was sent, and then its end.</summary>
    public void Close() => _world.Timeline.After(s_latency, () =>
    {
        if (!IsBroken)
        {
            IsBroken = true;
            ToSender.CloseAfter(TimeSpan.Zero);
            ToReceiver.CloseAfter(TimeSpan.Zero);
        }
    });
}

/// <summary>What one end of a transport reads.</summary>
internal sealed class TransportEnd(World world)
{
    private readonly Queue<object> _messages = new();
    private TaskCompletionSource<object?>? _reading;

    /// <summary>Whether its reader would hear of the break by now.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The next message; null once there comes no more.</summary>
    public Task<object?> ReadAsync(HostProcess reader)
    {
        TaskCompletionSource<object?> answer = new();
        TaskCompletionSource<object?> message = _reading = new TaskCompletionSource<object?>();
        Serve();
        world.Begin(PassOnAsync(message.Task, reader, answer));
        return answer.Task;
    }

    public void Take(object message)
    {
        _messages.Enqueue(message);
        Serve();
    }

    public void CloseAfter(TimeSpan time) => world.Timeline.After(time, () =>
    {
        IsClosed = true;
        Serve();
    });

    // A reader that was ended reads nothing, and one on a host that hangs later.
    private static async Task PassOnAsync(Task<object?> message, HostProcess reader, TaskCompletionSource<object?> answer)
    {
        object? read = await message;
        await reader.WaitAsync(TimeSpan.Zero);
        answer.SetResult(read);
    }

    private void Serve()
    {
        if (_reading is not null && (_messages.Count > 0 || IsClosed))
        {
            TaskCompletionSource<object?> reading = _reading;
            _reading = null;
            reading.SetResult(_messages.Count > 0 ? _messages.Dequeue() : null);
        }
    }
}
