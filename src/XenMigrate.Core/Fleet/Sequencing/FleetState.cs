namespace XenMigrate.Fleet.Sequencing;

/// <summary>Where every guest of a fleet is, and what every host has left, while moves are tried.</summary>
internal sealed class FleetState
{
    /// <summary>Where a guest is that was saved and not restored yet.</summary>
    public const int Saved = -1;

    private readonly IReadOnlyList<SequenceGuest> _guests;
    private readonly SequenceRules _rules;
    private readonly long[] _free;
    private readonly int[] _at;
    private readonly List<int>[] _on;
    private readonly int[] _index;
    private readonly int[] _word;
    private readonly Dictionary<(int Host, int Word), int> _words = [];
    private readonly List<SequencedMove> _moves = [];

    public FleetState(IReadOnlyList<SequenceGuest> guests, SequenceRules rules)
    {
        _guests = guests;
        _rules = rules;
        _free = [.. rules.FreeMemoryMB];
        _on = [.. rules.FreeMemoryMB.Select(_ => new List<int>())];
        _at = new int[guests.Count];
        _index = new int[guests.Count];
        Dictionary<string, int> words = new(StringComparer.OrdinalIgnoreCase);
        _word = [.. guests.Select(guest => guest.Apart is null ? -1 : words.TryGetValue(guest.Apart, out int word) ? word : words[guest.Apart] = words.Count)];
        for (int guest = 0; guest < guests.Count; guest++)
        {
            Put(guest, guests[guest].At);
        }
    }

    public IReadOnlyList<SequenceGuest> Guests => _guests;

    public int Hosts => _free.Length;

    public IReadOnlyList<SequencedMove> Moves => _moves;

    /// <summary>What is copied by the moves so far, MiB.</summary>
    public long CopiedMB { get; private set; }

    public long Free(int host) => _free[host];

    public int At(int guest) => _at[guest];

    /// <summary>The guests that a host has now.</summary>
    public IReadOnlyList<int> On(int host) => _on[host];

    public bool IsHome(int guest) => _at[guest] == _guests[guest].Wanted;

    /// <summary>Whether a host could take a guest now.</summary>
    public bool MayEnter(int guest, int host) =>
        host != _at[guest] && _free[host] >= _guests[guest].MemoryMB && !Clashes(guest, host) && _rules.MayGo(guest, host);

    /// <summary>Whether a host has another of those that the guest is kept apart from.</summary>
    public bool Clashes(int guest, int host) => _word[guest] >= 0 && _words.TryGetValue((host, _word[guest]), out int count) && count > 0;

    /// <summary>Whether both are to be kept apart.</summary>
    public bool AreApart(int guest, int other) => _word[guest] >= 0 && _word[guest] == _word[other];

    /// <summary>Moves a guest to a host, or saves it.</summary>
    public void Move(int guest, int host)
    {
        int from = _at[guest];
        _moves.Add(new SequencedMove(guest, from == Saved ? null : from, host == Saved ? null : host));
        if (from != Saved)
        {
            Take(guest, from);
        }

        if (host != Saved)
        {
            _free[host] -= _guests[guest].MemoryMB;
            Put(guest, host);
            CopiedMB += _guests[guest].MemoryMB;
        }
        else
        {
            _at[guest] = Saved;
        }
    }

    private void Put(int guest, int host)
    {
        _at[guest] = host;
        _index[guest] = _on[host].Count;
        _on[host].Add(guest);
        if (_word[guest] >= 0)
        {
            _ = _words.TryGetValue((host, _word[guest]), out int count);
            _words[(host, _word[guest])] = count + 1;
        }
    }

    private void Take(int guest, int host)
    {
        List<int> on = _on[host];
        int last = on[on.Count - 1];
        on[_index[guest]] = last;
        _index[last] = _index[guest];
        on.RemoveAt(on.Count - 1);
        _free[host] += _guests[guest].MemoryMB;
        if (_word[guest] >= 0)
        {
            _words[(host, _word[guest])]--;
        }
    }
}
