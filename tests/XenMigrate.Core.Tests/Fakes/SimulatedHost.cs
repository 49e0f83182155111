using System.Text.Json;

namespace XenMigrate.Tests;

/// <summary>A guest on a simulated host; its state is a letter of xl's: b blocked, p paused, s suspended.</summary>
internal sealed record SimulatedGuest(int Id, string Name, Guid Uuid, char State = 'b')
{
    /// <summary>Seconds of CPU time it used.</summary>
    public double Used { get; init; } = 53.1;

    public bool Runs => State is 'r' or 'b';
}

/// <summary>A host that keeps guests as xl would: enough of it to be checked, listed, saved to and restored from.</summary>
internal sealed class SimulatedHost(string name, SimulatedPair pair, string bootId, string address, string mount) : IHostShell
{
    public HostEndpoint Endpoint { get; } = new(name, address, 22, "root", null, null);

    public bool IsConnected => true;

    public List<SimulatedGuest> Guests { get; } = [];

    public int NextId { get; set; } = 1;

    /// <summary>The id of this boot.</summary>
    public string BootId { get; set; } = bootId;

    /// <summary>Whether its xl has a command that wakes a suspended guest; null for one whose help is of no help.</summary>
    public bool? CanResume { get; set; } = false;

    /// <summary>What ps shows: the parent's id and the words of each.</summary>
    public string Processes { get; set; } = "";

    /// <summary>What it answers to words that it does not know of itself; null for what a shell says of them.</summary>
    public Func<IReadOnlyList<string>, CommandResult?> Answers { get; set; } = _ => null;

    /// <summary>Hears the words of each execution; the first command's of one that has several.</summary>
    public Action<IReadOnlyList<string>> Executed { get; set; } = _ => { };

    /// <summary>Who works on its guests.</summary>
    public LeaseBook Leases => field ??= new(() => pair.Timing.Elapsed, () => BootId);

    /// <summary>What it has of save helpers, as the question's script prints it; null if it has no shell for that.</summary>
    public string? Helpers { get; set; }

    public Task<CommandResult> RunAsync(
        RemoteCommand command, TimeSpan timeout, IProgress<OutputLine>? lines, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Executed(command.Words);
        return Task.FromResult(Guarded(command));
    }

    public async Task<IReadOnlyList<IReadOnlyList<CommandResult>>> RunAtOnceAsync(
        IReadOnlyList<IReadOnlyList<RemoteCommand>> batches, TimeSpan timeout, CancellationToken cancellationToken) =>
        (await RunRowAsync([.. batches.SelectMany(batch => batch)], timeout, cancellationToken)).InBatches(batches);

    public Task UploadAsync(Stream content, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    private Task<IReadOnlyList<CommandResult>> RunRowAsync(
        IReadOnlyList<RemoteCommand> commands, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Executed(commands[0].Words);
        return Task.FromResult<IReadOnlyList<CommandResult>>(
            [.. commands.Select(command => LeaseAnswer(command) ?? pair.Run(this, Program(command.Words)))]);
    }

    public void Dispose()
    {
    }

    public SimulatedGuest Add(string guest, char state = 'b', Guid? uuid = null)
    {
        SimulatedGuest added = new(NextId++, guest, uuid ?? A.Uuid, state);
        Guests.Add(added);
        return added;
    }

    /// <summary>Does what the words say, as the real host would.</summary>
    public CommandResult Execute(IReadOnlyList<string> words) => Answers(words) ?? words switch
    {
        ["xl", "list"] => Says(Table(uuids: false)),
        ["xl", "list", "-v"] => Says(Table(uuids: true)),
        ["xl", "list", "-l"] => Says(Json()),
        ["xl", "info"] => Says(Fixture.Text("xl-info.4.17.txt")),
        ["xl", "rename", var id, var to] => On(id, guest => Guests.Exists(other => other.Name == to && other.Id != guest.Id)
            ? Fails($"Domain with name \"{to}\" already exists.")
            : Becomes(guest, guest with { Name = to })),
        ["xl", "destroy", var id] => On(id, guest => Becomes(guest, null)),
        ["xl", "pause", var id] => On(id, guest => Becomes(guest, guest.Runs ? guest with { State = 'p' } : guest)),
        ["xl", "unpause", var id] => On(id, guest => Becomes(guest, guest.State == 'p' ? guest with { State = 'b' } : guest)),
        ["xl", "help"] when CanResume is null => Says("xl: see the manual\n"),
        ["xl", "help"] => Says("Usage xl [-vfNtT] <subcommand> [args]\n\n save                Save a domain state to restore later\n"
            + (CanResume == true ? " resume              Resume a suspended domain\n" : "")),
        ["xl", "resume", var id] when CanResume == true => On(id, guest => Becomes(guest, guest.State == 's' ? guest with { State = 'b' } : guest)),
        ["env", "LIBXL_SAVE_HELPER=/bin/false", "xl", "save", "-c", var id, "/dev/null"] => On(id, FailToSave),
        ["xl", "save", "-p", var id, var path] => On(id, guest => Save(guest, path)),
        ["xl", "unpause", var id, "as", var to] => On(id, guest => Becomes(guest, guest with { Name = to, State = 'b' })),
        ["xl", "restore", var path] => Restore(path, to: null),
        ["xl", "restore", "-p", var path, "as", var to] => Restore(path, to),
        ["xl", "migrate", "-s", _, var id, "b"] => On(id, guest => Becomes(guest with { Name = pair.Destination.Add(guest.Name).Name }, null)),
        ["xl", "create", "-q", "/etc/xen/web.cfg"] => Says($"{Add("web")}"),
        ["cat", "--", "/etc/xen/web.cfg"] => Says($"name = \"web\"\nuuid = \"{A.Uuid}\"\n"),
        ["cat", "/proc/sys/kernel/random/boot_id"] => Says(BootId),
        ["cat", "/proc/self/mountinfo"] => Says(mount),
        ["date", "+%s.%N"] => Says($"{pair.Timing.Timing.Now().ToUnixTimeSeconds()}.000000000\n"),
        ["chronyc", ..] => Says("Stratum         : 3\nLeap status     : Normal\n"),
        ["cat", "/proc/uptime"] => Says("86400.12 80000.00\n"),
        ["grep", "-m", "3", .., "/proc/cpuinfo"] => Says("vendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC\ncpu MHz\t\t: 2445.429\n"),
        ["uname", "-m"] => Says("x86_64\n"),
        ["cat", "/etc/redhat-release"] => Fails("cat: /etc/redhat-release: No such file or directory"),
        ["xenstore-ls", ..] => Says("control = \"\"\n feature-suspend = \"1\"\n"),
        ["ip", "-o", "address", "show"] => Says($"2: eth1    inet {address}/24 scope global eth1\n"),
        ["ip", "-o", "link", ..] => Says("3: xenbr1: <BROADCAST,UP> mtu 1500 qdisc noqueue state UP\n"),
        ["grep", "-s", ".", var mtu, ..] when !mtu.Contains("/xenbr1/", StringComparison.Ordinal) => Fails(""),
        ["grep", "-s", ".", var mtu, var spanningTree, var delay] => Says($"{mtu}:1500\n{spanningTree}:0\n{delay}:0\n"),
        ["exportfs", "-v"] => Says("/images       \t<world>(sync,wdelay,hide,no_subtree_check,sec=sys,rw,secure,no_root_squash,no_all_squash)\n"),
        ["test", "-w", _] => Says(""),
        ["stat", "-c", "%s", "--", var path] => pair.Images.ContainsKey(path) ? Says("134492495\n") : Fails("No such file or directory"),
        ["stat", "-L", "-c", "%d %i %t:%T %F", "--", var path] => Says($"36 {path.Aggregate(0L, (sum, letter) => ((sum * 131) + letter) % 9007199254740881)} 0:0 regular file\n"),
        ["stat", "-L", "-c", ..] => Says($"{(mount.Contains("0:36", StringComparison.Ordinal) ? 36 : 65024)} 12909 16777216 1763851234 regular file\n"),
        ["stat", "-f", "-c", "%a %S", ..] => Says("1000000 4096\n"),
        ["ps", "-e", ..] => Says(Processes),
        ["rm", "-f", "--", var path] => Says(pair.Images.Remove(path) ? "" : ""),
        ["sh", "-c", _, "sh", "/var/lib/xenmigrate"] when Helpers is not null => Says(Helpers),
        ["ssh", ..] => Says($"xenmigrate-probe {pair.Destination.Execute(["cat", "/proc/sys/kernel/random/boot_id"]).Output} /usr/sbin/xl\n"),
        _ => new CommandResult(127, "", $"sh: 1: {words[0]}: not found"),
    };

    /// <summary>
    /// Does an act as the guarding script would: not at all, if the guest is not as it expects. A test may let something
    /// happen before, as somebody else would.
    /// </summary>
    private CommandResult Guarded(RemoteCommand command)
    {
        if (LeaseAnswer(command) is { } answer)
        {
            return answer;
        }

        IReadOnlyList<string> act = Program(GuardedAct.Act(command).Words);
        if (!GuardedAct.Is(command.Words))
        {
            return act is ["xl", not ("list" or "info" or "help"), ..] ? Unguarded(act) : pair.Run(this, act);
        }

        pair.Meanwhile(this, act);
        Expectation expected = GuardedAct.Expected(command.Words);
        if (pair.IsSilent(this))
        {
            return pair.Run(this, act);
        }

        if (Leases.Refuse(expected) is { } refused)
        {
            return refused;
        }

        if (Mismatch(expected) is { } found)
        {
            return new CommandResult(GuardedAct.Refused, "", $"xenmigrate-found {found}\n");
        }

        Action<int>? ended = expected.Lasts ? Leases.Begin(expected, string.Join(' ', act)) : null;
        int exitCode = -1;
        try
        {
            CommandResult result = pair.Run(this, act);
            exitCode = result.ExitCode;
            return expected.LookAfterwards && Guests.Find(guest => guest.Id == expected.Id) is { } left
                ? result with { Error = result.Error + $"\nxenmigrate-left {left.Used.ToString("0.0", CultureInfo.InvariantCulture)}\n" }
                : result;
        }
        finally
        {
            // Whatever it says: who looks finds the guest gone.
            if (!Guests.Exists(guest => guest.Id == expected.Id))
            {
                Leases.Done(expected);
            }

            ended?.Invoke(exitCode);
        }
    }

    private CommandResult? LeaseAnswer(RemoteCommand command)
    {
        if (!LeaseCommands.Is(command.Words))
        {
            return null;
        }

        return pair.IsSilent(this) ? pair.Run(this, command.Words) : Leases.Run(command.Words);
    }

    private static CommandResult Unguarded(IReadOnlyList<string> act) =>
        throw new InvalidOperationException($"Nobody looked before: {string.Join(' ', act)}");

    private string? Mismatch(Expectation expected)
    {
        if (expected.BootId is { } boot && boot != BootId)
        {
            return "the host was booted again";
        }

        if (expected.Id is not { } id)
        {
            return Guests.Exists(guest => guest.Uuid == expected.Uuid) ? "one is there" : null;
        }

        SimulatedGuest? found = Guests.Find(guest => guest.Id == id);
        return found is null ? "no guest with that id"
            : expected.Uuid is { } uuid && found.Uuid != uuid ? $"another guest: {found.Name}"
            : expected.Name is { } wanted && found.Name != wanted ? $"its name is {found.Name}"
            : !expected.States.Split(' ').Contains(found.State switch { 'p' => "paused", 's' => "suspended", _ => "running" }) ? $"it is {found.State}"
            : expected.Used is { } used && used != found.Used.ToString("0.0", CultureInfo.InvariantCulture) ? "it ran meanwhile"
            : expected.Alone && AtWork(found) is { } tool ? $"somebody else is at work on it: {tool}"
            : null;
    }

    /// <summary>What ps shows of a tool that moves or saves a guest.</summary>
    private string? AtWork(SimulatedGuest guest) => Processes.Split('\n').Select(line => line.TrimStart(' ', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'))
        .FirstOrDefault(line => line.StartsWith("xl ", StringComparison.Ordinal)
            && line.Split(' ') is var words && words.Any(word => word is "migrate" or "save") && (words.Contains(Text(guest.Id)) || words.Contains(guest.Name)));

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>What a script of ours ends in, or the command itself.</summary>
    private static IReadOnlyList<string> Program(IReadOnlyList<string> words) => words switch
    {
        ["sh", "-c", XlSave.Script, "sh", ..] => [.. words.Skip(4)],
        ["xl", "-vvv", "migrate", ..] => ["xl", .. words.Skip(2)],
        ["sh", "-c", XlHandOver.RestoreScript, "sh", _, var name, ..] => [.. words.Skip(6), "as", name],
        ["sh", "-c", XlHandOver.StartScript, "sh", var id, var name] => ["xl", "unpause", id, "as", name],
        _ => words,
    };

    /// <summary>As xl 4.17 does: it resumes what is suspended, whoever did it.</summary>
    private CommandResult FailToSave(SimulatedGuest guest)
    {
        _ = Becomes(guest, guest.State == 's' ? guest with { State = 'b' } : guest);
        return Fails("Failed to save domain, resuming domain");
    }

    private CommandResult Save(SimulatedGuest guest, string path)
    {
        pair.Images[path] = guest;
        return Becomes(guest, guest with { State = 'p' });
    }

    /// <param name="path">The image.</param>
    /// <param name="to">The name that it gets at once, paused; null for its own, running.</param>
    private CommandResult Restore(string path, string? to)
    {
        if (!pair.Images.TryGetValue(path, out SimulatedGuest? saved))
        {
            return Fails($"Failed to open {path}");
        }

        if (Guests.Exists(guest => guest.Name == saved.Name))
        {
            return Fails($"Domain with name \"{saved.Name}\" already exists.");
        }

        SimulatedGuest restored = Add(to ?? saved.Name, to is null ? 'b' : 'p', saved.Uuid);
        Guests[Guests.IndexOf(restored)] = restored with { Used = 0 };
        return Says("");
    }

    private CommandResult On(string id, Func<SimulatedGuest, CommandResult> act) =>
        Guests.Find(guest => guest.Id == int.Parse(id, CultureInfo.InvariantCulture)) is { } guest
            ? act(guest)
            : Fails($"Domain {id}:Non-existant domain");

    private CommandResult Becomes(SimulatedGuest guest, SimulatedGuest? next)
    {
        int at = Guests.IndexOf(guest);
        Guests.RemoveAt(at);
        if (next is not null)
        {
            Guests.Insert(at, next);
        }

        return Says("");
    }

    private string Table(bool uuids)
    {
        StringBuilder table = new("Name                                        ID   Mem VCPUs\tState\tTime(s)\n");
        foreach (SimulatedGuest guest in Guests.Prepend(new SimulatedGuest(0, "Domain-0", Guid.Empty, 'r')))
        {
            string state = guest.State switch { 'r' => "r-----", 'b' => "-b----", 'p' => "--p---", _ => "---ss-" };
            _ = table.Append(CultureInfo.InvariantCulture, $"{guest.Name,-40} {guest.Id,5} {128,5} {1,5}     {state}  {guest.Used,8:0.0}{(uuids ? $" {guest.Uuid}        -                -" : "")}\n");
        }

        return table.ToString();
    }

    // Of a guest that libxl has no configuration stored of, it shows none.
    private string Json() => JsonSerializer.Serialize(Guests.Where(guest => guest.Uuid != Guid.Empty).Select(guest => new
    {
        domid = guest.Id,
        config = new
        {
            c_info = new { type = "pv", name = guest.Name, uuid = guest.Uuid },
            b_info = new { max_vcpus = 1, max_memkb = 131072 },
            disks = new[] { new { pdev_path = "/images/web.img", vdev = "xvda", format = "raw", readwrite = 1 } },
            nics = new[] { new { mac = "00:16:3e:77:00:66", bridge = "xenbr1" } },
        },
    }));

    private static CommandResult Says(string output) => new(0, output, "");

    private static CommandResult Fails(string error) => new(1, "", error);
}
