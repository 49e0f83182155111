namespace XenMigrate.Tests;

/// <summary>What holds for any guests on any hosts under any limits, whenever and however each move ends.</summary>
public class MoveQueuePropertyTests
{
    private static readonly Gen<QueuedMove<int>> s_move = Gen.Select(
        Gen.Int[0, 5], Gen.Int[0, 5], Gen.Long[1, 64], Gen.Int[0, 30],
        (source, destination, memory, guest) => new QueuedMove<int>(
            0, $"guest{guest}", $"guest{guest}", $"host{source}", $"host{(destination == source ? (source + 1) % 6 : destination)}", memory));

    private static readonly Gen<WindowLimits> s_limits = Gen.Select(
        Gen.Int[1, 6], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Long[0, 200].Array[6], Gen.Int[0, 6],
        (throttle, outgoing, incoming, free, known) => new WindowLimits
        {
            ThrottleLimit = throttle,
            OutOfHost = outgoing,
            IntoHost = incoming,
            FreeMemoryMB = Enumerable.Range(0, known).ToDictionary(i => $"host{i}", i => free[i]),
        });

    [Fact]
    public void Every_move_is_made_once_and_no_limit_is_ever_passed() => Gen.Select(s_limits, s_move.List[0, 40], Gen.Int).Sample(
        (limits, moves, seed) =>
        {
            Simulation simulation = new(limits, [.. moves.Select((move, i) => move with { Item = i })], new Random(seed));

            simulation.Run();

            Assert.Equal(Enumerable.Range(0, moves.Count), simulation.Ended.Order());
        });

    [Fact]
    public void No_move_waits_that_could_begin() => Gen.Select(s_limits, s_move.List[1, 25], Gen.Int).Sample((limits, moves, seed) =>
        new Simulation(limits, [.. moves.Select((move, i) => move with { Item = i })], new Random(seed)) { ChecksIdleness = true }.Run());

    /// <summary>
    /// Hosts that count for themselves what is on them, and refuse what does not fit, as their checks would. Those
    /// checks do not see what is under way.
    /// </summary>
    private sealed class Simulation(WindowLimits limits, QueuedMove<int>[] moves, Random random)
    {
        private readonly Dictionary<string, long> _free = limits.FreeMemoryMB.ToDictionary(host => host.Key, host => host.Value);
        private readonly List<QueuedMove<int>> _running = [];

        public List<int> Ended { get; } = [];

        public bool ChecksIdleness { get; init; }

        public void Run()
        {
            MoveQueue<int> queue = new(moves, limits);
            do
            {
                while (queue.Take() is { } next)
                {
                    _running.Add(next);
                    Evaluate();
                }

                if (ChecksIdleness)
                {
                    Assert.DoesNotContain(queue.Waiting, CouldBegin);
                }

                if (_running.Count > 0)
                {
                    End(queue, _running[random.Next(_running.Count)]);
                }
            }
            while (_running.Count > 0 || queue.Waiting.Count > 0);
        }

        private void End(MoveQueue<int> queue, QueuedMove<int> move)
        {
            _ = _running.Remove(move);
            Ended.Add(move.Item);
            Landing landing = !Fits(move) ? Landing.Stayed : random.Next(4) switch
            {
                0 => Landing.Stayed,
                1 => Landing.Unknown,
                _ => Landing.Arrived,
            };
            if (landing != Landing.Stayed)
            {
                Change(move.Destination, -move.MemoryMB);
            }

            if (landing == Landing.Arrived)
            {
                Change(move.Source, move.MemoryMB);
            }

            queue.End(move, landing);
        }

        private void Evaluate()
        {
            Assert.InRange(_running.Count, 1, limits.ThrottleLimit);
            Assert.All(_running.GroupBy(move => move.Source), host => Assert.InRange(host.Count(), 1, limits.OutOfHost));
            Assert.All(_running.GroupBy(move => move.Destination), host => Assert.InRange(host.Count(), 1, limits.IntoHost));
            Assert.Equal(_running.Count, _running.Select(move => move.Identity).Distinct().Count());

            // A guest that has no room is tried alone, and refused; all that go together fit together.
            Assert.True(_running.Count == 1 || _running.GroupBy(move => move.Destination).All(host =>
                !_free.TryGetValue(host.Key, out long free) || host.Sum(move => move.MemoryMB) <= free || host.All(move => !Fits(move))));
        }

        private bool CouldBegin(QueuedMove<int> move) =>
            _running.Count < limits.ThrottleLimit
            && _running.Count(other => other.Source == move.Source) < limits.OutOfHost
            && _running.Count(other => other.Destination == move.Destination) < limits.IntoHost
            && _running.All(other => other.Identity != move.Identity)
            && (!_free.TryGetValue(move.Destination, out long free)
                || _running.Where(other => other.Destination == move.Destination).Sum(other => other.MemoryMB) + move.MemoryMB <= free)
            && IsFirstOfItsLine(move);

        // Between two hosts nobody overtakes.
        private bool IsFirstOfItsLine(QueuedMove<int> move) => !moves.Any(other =>
            other.Item < move.Item && other.Source == move.Source && other.Destination == move.Destination
            && !_running.Contains(other) && !Ended.Contains(other.Item));

        private bool Fits(QueuedMove<int> move) => !_free.TryGetValue(move.Destination, out long free) || free >= move.MemoryMB;

        private void Change(string host, long memory)
        {
            if (_free.ContainsKey(host))
            {
                _free[host] += memory;
            }
        }
    }
}
