namespace XenMigrate.Fleet.Sequencing;

/// <summary>One attempt to bring all guests home, which decides equals by chance, and is the same again with the same number.</summary>
/// <param name="state">The fleet, which is changed.</param>
/// <param name="number">Of the attempt; the first takes always the cheapest.</param>
/// <param name="maySave">Whether a guest may be saved where nothing else is left.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class SequenceAttempt(FleetState state, int number, bool maySave, CancellationToken cancellationToken)
{
    // So often a guest goes by a third host; more is a sign of going round in circles.
    private const int Detours = 3;

    private readonly Random _random = new(number);
    private readonly int[] _detours = new int[state.Guests.Count];
    private readonly List<int>[] _waiting = [.. Enumerable.Range(0, state.Hosts).Select(_ => new List<int>())];
    private readonly Queue<int> _changed = new();
    private readonly bool[] _queued = new bool[state.Hosts];
    private int _left;

    /// <summary>Whether all are home.</summary>
    public bool Run()
    {
        for (int guest = 0; guest < state.Guests.Count; guest++)
        {
            if (!state.IsHome(guest))
            {
                Await(guest);
            }
        }

        // The largest first: it has the least choice.
        for (int host = 0; host < state.Hosts; host++)
        {
            _waiting[host].Sort((one, other) => state.Guests[other].MemoryMB.CompareTo(state.Guests[one].MemoryMB));
            Changed(host);
        }

        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            MoveHome();
        }
        while (_left > 0 && MakeRoom());

        return _left == 0;
    }

    private void MoveHome()
    {
        while (_changed.Count > 0)
        {
            int host = _changed.Dequeue();
            _queued[host] = false;
            for (int i = 0; i < _waiting[host].Count;)
            {
                int guest = _waiting[host][i];
                if (state.MayEnter(guest, host))
                {
                    _waiting[host].RemoveAt(i);
                    _left--;
                    Move(guest, host);
                }
                else
                {
                    i++;
                }
            }
        }
    }

    /// <summary>Nobody can go home: the guest that costs least leaves a host that somebody waits for.</summary>
    private bool MakeRoom()
    {
        Detour? best = null;
        for (int host = 0; host < state.Hosts; host++)
        {
            if (_waiting[host].Count > 0 && Cheapest(host, best?.Cost ?? double.MaxValue) is { } detour)
            {
                best = detour;
            }
        }

        if (best is not null)
        {
            _detours[best.Guest]++;
            bool waited = !state.IsHome(best.Guest);
            Move(best.Guest, best.Host);
            if (!waited)
            {
                Await(best.Guest);
            }

            return true;
        }

        return maySave && Save();
    }

    /// <summary>Who would have to leave a host so that one of those who wait for it could enter.</summary>
    private Detour? Cheapest(int host, double limit)
    {
        Detour? best = null;
        foreach (int waiting in _waiting[host])
        {
            long missing = state.Guests[waiting].MemoryMB - state.Free(host);
            bool clashes = state.Clashes(waiting, host);
            foreach (int guest in state.On(host))
            {
                long memory = state.Guests[guest].MemoryMB;
                if (memory < missing || (clashes && !state.AreApart(waiting, guest)) || _detours[guest] >= Detours)
                {
                    continue;
                }

                // Who leaves anyway is copied once more than it must; who is home, twice. Larger ones that get in are worth more.
                double cost = (state.IsHome(guest) ? 2.0 : 1.0) * memory * (1 + _detours[guest]) * Chance();
                if (cost < Math.Min(limit, best?.Cost ?? double.MaxValue) && ThirdHost(guest, host) is { } third)
                {
                    best = new Detour(guest, third, cost);
                }
            }
        }

        return best;
    }

    /// <summary>The host with most room that would take it, if it has any to spare.</summary>
    private int? ThirdHost(int guest, int host)
    {
        int? best = null;
        for (int third = 0; third < state.Hosts; third++)
        {
            if (third != host && (best is null || Room(third) > Room(best.Value)) && state.MayEnter(guest, third))
            {
                best = third;
            }
        }

        return best;

        // A host that others wait for is a bad place to stop over.
        long Room(int third) => state.Free(third) - (_waiting[third].Count > 0 ? state.Guests[_waiting[third][0]].MemoryMB : 0);
    }

    private bool Save()
    {
        int? best = null;
        foreach (int host in Enumerable.Range(0, state.Hosts).Where(host => _waiting[host].Count > 0))
        {
            long missing = _waiting[host].Min(guest => state.Guests[guest].MemoryMB) - state.Free(host);
            foreach (int guest in state.On(host).Where(guest => !state.IsHome(guest)))
            {
                long memory = state.Guests[guest].MemoryMB;
                if (best is null || (memory >= missing, -memory).CompareTo((state.Guests[best.Value].MemoryMB >= missing, -state.Guests[best.Value].MemoryMB)) > 0)
                {
                    best = guest;
                }
            }
        }

        if (best is { } saved)
        {
            Move(saved, FleetState.Saved);
        }

        return best is not null;
    }

    private void Move(int guest, int host)
    {
        int from = state.At(guest);
        state.Move(guest, host);
        if (from != FleetState.Saved)
        {
            Changed(from);
        }
    }

    private void Await(int guest)
    {
        _waiting[state.Guests[guest].Wanted].Add(guest);
        _left++;
    }

    private void Changed(int host)
    {
        if (!_queued[host])
        {
            _queued[host] = true;
            _changed.Enqueue(host);
        }
    }

    // The first attempt goes by the cost alone.
    private double Chance() => number == 0 ? 1 : 0.5 + _random.NextDouble();

    private sealed record Detour(int Guest, int Host, double Cost);
}
