namespace XenMigrate.Guards;

/// <summary>Leases of a host that has no shell to keep them by: what the scripts do, in memory. It may be used from several threads.</summary>
/// <param name="sinceBoot">The time since the host was booted.</param>
/// <param name="boot">The id of this boot.</param>
internal sealed class LeaseBook(Func<TimeSpan> sinceBoot, Func<string> boot)
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(60);

    private readonly object _lock = new();
    private readonly Dictionary<Guid, Entry> _leases = [];
    private readonly Dictionary<Guid, Tool> _tools = [];
    private readonly Dictionary<Guid, (string Boot, GivenGuest Copy)> _given = [];
    private readonly Dictionary<Guid, (string Boot, string Name)> _names = [];
    private int _nextProcess = 2000;

    /// <summary>What a command about leases says; null for any other command.</summary>
    public CommandResult? Run(IReadOnlyList<string> words) => !LeaseCommands.Is(words) ? null : Run(words, words[2]);

    private CommandResult Run(IReadOnlyList<string> words, string script) => script == LeaseCommands.KeepScript ? Keep(Guid.Parse(words[4]), new LeaseHolder(Guid.ParseExact(words[5], "N"), words[7]), words[6] == "take", words[8])
        : script == LeaseCommands.ReleaseScript ? Release(Guid.Parse(words[4]), Guid.ParseExact(words[5], "N"))
        : script == LeaseCommands.WorkScript ? Work(Guid.Parse(words[4]), Guid.ParseExact(words[5], "N"))
        : List();

    /// <summary>Why an act is not done, as its guard would say; null if nothing of leases is in its way.</summary>
    public CommandResult? Refuse(Expectation expected) => expected.Uuid is { } uuid && Keep(uuid, expected.Holder, expected.TakesLease, expected.Name) is { Succeeded: false } refused
        ? refused
        : null;

    /// <summary>A tool that lasts begins to work; say when it ended.</summary>
    public Action<int> Begin(Expectation expected, string what)
    {
        lock (_lock)
        {
            Tool tool = new(_nextProcess++, boot(), expected.Holder?.Token, what);
            if (expected.Uuid is { } uuid)
            {
                _tools[uuid] = tool;
            }

            return code => tool.ExitCode = code;
        }
    }

    /// <summary>An act was done; one that gave a guest away is kept in mind.</summary>
    public void Done(Expectation expected)
    {
        lock (_lock)
        {
            if (expected is { Uuid: { } uuid, Gives: { } copy })
            {
                _given[uuid] = (boot(), copy);
            }
        }
    }

    private CommandResult Keep(Guid uuid, LeaseHolder? holder, bool takes, string? name)
    {
        lock (_lock)
        {
            Entry? entry = _leases.TryGetValue(uuid, out Entry? found) && found.Boot == boot() ? found : null;
            if (entry is null || entry.Holder.Token != holder?.Token)
            {
                bool mustHold = holder is not null && !takes;
                if (entry is not null && entry.Until >= sinceBoot())
                {
                    return Refused(mustHold ? LeaseScript.LostMark : LeaseScript.HeldMark, entry.Holder.Text);
                }

                if (Running(uuid) is { } tool)
                {
                    return Refused(LeaseScript.HeldMark, $"{entry?.Holder.Text ?? "somebody"}, whose '{tool.What}' (process {tool.Process}) runs still");
                }

                if (mustHold)
                {
                    return Refused(LeaseScript.LostMark, "nobody any more");
                }
            }

            if (holder is not null)
            {
                _leases[uuid] = new Entry(holder, sinceBoot() + s_length, boot());
                if (takes && name is { Length: > 0 })
                {
                    _names[uuid] = (boot(), name);
                }
            }

            return Says("");
        }
    }

    private CommandResult Release(Guid uuid, Guid token)
    {
        lock (_lock)
        {
            _ = _leases.TryGetValue(uuid, out Entry? entry) && entry.Holder.Token == token && _leases.Remove(uuid);
            return Says("");
        }
    }

    private CommandResult Work(Guid uuid, Guid token)
    {
        lock (_lock)
        {
            return Says(!_tools.TryGetValue(uuid, out Tool? tool) || tool.Boot != boot() || (tool.ExitCode is not null && tool.Token != token) ? "none\n"
                : tool.ExitCode is { } code ? string.Format(CultureInfo.InvariantCulture, "ended {0}\n", code)
                : string.Format(CultureInfo.InvariantCulture, "runs {0}\n", tool.Process));
        }
    }

    private CommandResult List()
    {
        lock (_lock)
        {
            IEnumerable<string> leases = _leases.Where(one => one.Value.Boot == boot() && one.Value.Until >= sinceBoot()).Select(one => string.Format(
                CultureInfo.InvariantCulture, "lease {0} {1:N} {2} {3}\n", one.Key, one.Value.Holder.Token, (int)(one.Value.Until - sinceBoot()).TotalSeconds, one.Value.Holder.Text));
            IEnumerable<string> tools = _tools.Where(one => Running(one.Key) is not null).Select(one => string.Format(
                CultureInfo.InvariantCulture, "work {0} {1} {2} {3}\n", one.Key, one.Value.Process, one.Value.Token?.ToString("N") ?? "nobody", one.Value.What));
            return Says(string.Concat(new[] { $"boot {boot()}\n" }.Concat(leases).Concat(tools)
                .Concat(_given.Where(one => one.Value.Boot == boot()).Select(one => $"given {one.Key} {one.Value.Copy}\n"))
                .Concat(_names.Where(one => one.Value.Boot == boot()).Select(one => $"name {one.Key} {one.Value.Name}\n"))));
        }
    }

    private Tool? Running(Guid uuid) => _tools.TryGetValue(uuid, out Tool? tool) && tool.ExitCode is null && tool.Boot == boot() ? tool : null;

    private static CommandResult Refused(string mark, string text) => new(LeaseScript.Refused, "", $"{mark}{text}\n");

    private static CommandResult Says(string output) => new(0, output, "");

    private sealed record Entry(LeaseHolder Holder, TimeSpan Until, string Boot);

    private sealed class Tool(int process, string boot, Guid? token, string what)
    {
        public int Process => process;

        public string Boot => boot;

        public Guid? Token => token;

        public string What => what;

        public int? ExitCode { get; set; }
    }
}
