namespace XenMigrate.Remote;

/// <summary>
/// What a host told of itself that stays as it is until it is booted again, such as its CPU. It is kept for a session, goes with the
/// first answer that comes from another boot, and is asked for again after an hour all the same.
/// </summary>
internal sealed class KeptResults
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    private readonly object _lock = new();
    private readonly Dictionary<string, IReadOnlyList<CommandResult>> _results = [];
    private string? _boot;
    private TimeSpan _since;

    /// <summary>What is kept by now, all of one boot.</summary>
    public KeptView Look(TimeSpan now)
    {
        lock (_lock)
        {
            return _boot is null || now - _since > s_longest
                ? new KeptView(null, new Dictionary<string, IReadOnlyList<CommandResult>>())
                : new KeptView(_boot, _results.ToDictionary(result => result.Key, result => result.Value));
        }
    }

    /// <summary>Keeps what was told in a boot, in place of what was told in another.</summary>
    public void Keep(string boot, TimeSpan now, IReadOnlyDictionary<string, IReadOnlyList<CommandResult>> told)
    {
        lock (_lock)
        {
            if (boot != _boot || now - _since > s_longest)
            {
                _results.Clear();
                _boot = boot;
                _since = now;
            }

            foreach (KeyValuePair<string, IReadOnlyList<CommandResult>> one in told)
            {
                _results[one.Key] = one.Value;
            }
        }
    }
}

/// <summary>What a host told in one of its boots.</summary>
/// <param name="Boot">Its id; null where nothing is kept.</param>
/// <param name="Results">What the commands of a question told, by their lines.</param>
internal sealed record KeptView(string? Boot, IReadOnlyDictionary<string, IReadOnlyList<CommandResult>> Results);
