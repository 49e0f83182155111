using System.Text.RegularExpressions;

namespace XenMigrate.Simulation.Hosts;

/// <summary>Does on a host what a command says. A command that is not known here is an error of the simulation.</summary>
internal static class HostCommands
{
    public static NotSupportedException Unknown(RemoteCommand command) => new($"The simulation does not know: {command}");

    /// <summary>Begins a command of a client's, which ends when it ends.</summary>
    public static void Start(Execution execution)
    {
        SimulatedHost host = execution.Host;
        string[] act = RemoteWords.Act(execution.Command);
        if (host.Leases.Run(execution.Command.Words) is { } told)
        {
            Tell(execution, told);
            return;
        }

        if (RemoteWords.Expected(execution.Command) is { } expected)
        {
            if (host.Leases.Refuse(expected) is { } refused)
            {
                Tell(execution, refused);
                return;
            }

            if (Guard.Mismatch(host, expected) is { } found)
            {
                execution.Complain($"xenmigrate-found {found}");
                execution.End(GuardedAct.Refused);
                return;
            }

            if (expected.Lasts)
            {
                execution.Ended = host.Leases.Begin(expected, string.Join(' ', act));
            }
        }
        else if (act is ["virsh", _, _, _, "destroy" or "suspend" or "resume" or "migrate" or "save" or "restore", ..] or ["xl" or "xm", "destroy" or "unpause" or "pause" or "rename" or "resume" or "save" or "migrate" or "restore", ..])
        {
            host.World.Wrong($"nobody looked before: {execution.Who} on {host.Name}");
        }

        switch (act)
        {
            case ["xl", .., "migrate", _, _, var id, var address]:
                host.World.Begin(new XlSender(host, execution, id, address).RunAsync());
                break;
            case ["xm", "migrate", "--live", var id, var address]:
                host.World.Begin(new XendSender(host, execution, id, address, live: true).RunAsync());
                break;
            case ["xm", "migrate", var id, var address]:
                host.World.Begin(new XendSender(host, execution, id, address, live: false).RunAsync());
                break;
            case ["virsh", "-q", "-c", _, "migrate", .. var options, var id, var uri]:
                host.World.Begin(new LibvirtSender(host, execution, id, uri.Split('/')[2], options.Contains("--live")).RunAsync());
                break;
            case ["tail", "-n", "0", "-F", "/var/log/xen/xend.log"]:
                Follow(execution);
                break;
            case ["sh", "-c", XcRestore.EndScript, "sh", var taken]:
                host.World.Begin(EndRestoreAsync(execution, taken));
                break;
            case ["pkill", "-TERM", "-f", var pattern]:
                Kill(execution, pattern);
                break;
            case ["xl", "save", "-p", var id, var path]:
                host.World.Begin(new XlSaving(execution, id, path, staysPaused: true).RunAsync());
                break;
            case ["xl", "save", var id, var path]:
                host.World.Begin(new XlSaving(execution, id, path, staysPaused: false).RunAsync());
                break;
            case ["xl", "restore", var path]:
                host.World.Begin(new XlRestoring(execution, path, name: null).RunAsync());
                break;
            case ["xl", "restore", "-p", var path, "as", var name]:
                host.World.Begin(new XlRestoring(execution, path, name).RunAsync());
                break;
            default:
                if (RemoteWords.Kill(act) is { } kill)
                {
                    End(execution, kill.Process, kill.Is);
                }
                else if (RemoteWords.Watched(act) is { } watched)
                {
                    host.World.Begin(WatchAsync(execution, watched));
                }
                else if (RemoteWords.WatchedHelper(act) is { } guest)
                {
                    host.World.Begin(WatchHelperAsync(execution, guest));
                }
                else
                {
                    CommandResult? changed = HostChanges.Of(execution, act);
                    if (changed is { Succeeded: true } && RemoteWords.Expected(execution.Command) is { } done)
                    {
                        host.Leases.Done(done);
                    }

                    Tell(execution, changed ?? Answer(host, act) ?? throw Unknown(execution.Command));
                    execution.Client.Looks(host, [execution.Command]);
                }

                break;
        }
    }

    /// <summary>What only looks, and is answered at once; null for what does more.</summary>
    public static CommandResult? Answer(SimulatedHost host, string[] words) => words switch
    {
        _ when RemoteWords.AsksLibvirt(words) => Says(VirshText.Domains(host)),
        ["virsh", _, _, _, "domjobinfo", _] => Says("Job type:         None\n"),
        ["xm", "list"] => Says(XmText.Table(host)),
        ["xm", "list", "--long"] => Says(XmText.Long(host)),
        ["xm", "info"] => Says(XmText.Info),
        ["nc", .., var address, _] => host.World.Hosts.Find(there => there.Name == address) is { IsUp: true, Hangs: false } ? Says("") : Fails("nc: No route to host"),
        ["xl", "list"] => Says(XlText.Table(host, uuids: false)),
        ["xl", "list", "-v"] => Says(XlText.Table(host, uuids: true)),
        ["xl", "list", "-l"] => Says(XlText.Json(host)),
        ["xl", "info"] => Says(XlText.Info),
        ["xl", "vm-list"] => Says(XlText.Uuids(host)),
        ["xl", "help"] => Says(XlText.Help(host.CanResume)),
        ["cat", "/etc/machine-id", _, _] => Says($"{host.Name.Aggregate(7L, (sum, letter) => (sum * 31) + letter):x32}\n"),
        ["cat", "/proc/sys/kernel/random/boot_id"] => Says(host.BootId + "\n"),
        ["date", "+%s.%N"] => Says(string.Create(
            CultureInfo.InvariantCulture,
            $"{(decimal)(Time.Timeline.Start + host.World.Now + host.ClockOffset - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond:0.000000000}\n")),
        ["test", "-d", var path] => host.Process(path.Replace("/proc/", "", StringComparison.Ordinal)) is null ? Fails("") : Says(""),
        ["ps", "-e", ..] => Says(Processes(host)),
        ["cat", "--", "/etc/xen/web.cfg"] => Says($"name = \"{host.World.Guests[0].Name}\"\nuuid = \"{host.World.Guests[0].Uuid}\"\n"),
        ["test", "-e", var path] => host.World.Images.ContainsKey(path) ? Says("") : Fails(""),
        ["stat", "-L", "-c", "%s %Y", "--", var path] => host.World.Images.ContainsKey(path) ? Says("134492495 1763851234\n") : Fails("No such file or directory"),
        ["sh", "-c", _, "sh", _, var log] when log.EndsWith("--incoming.log", StringComparison.Ordinal) => Fails(""),
        ["stat", "-c", "%s", "--", var path] => host.World.Images.ContainsKey(path) ? Says("134492495\n") : Fails("No such file or directory"),
        _ => HostFactTexts.Answer(host, words),
    };

    private static string Processes(SimulatedHost host) => "    0 /sbin/init\n" + string.Concat(
        host.Processes.Select(process => $"{(process.IsDaemon ? 1 : 900),5} {process.Words}\n"));

    private static void Tell(Execution execution, CommandResult result)
    {
        foreach (string line in result.Output.Split('\n')[..^1])
        {
            execution.Say(line);
        }

        if (result.Error.Length > 0)
        {
            execution.Complain(result.Error);
        }

        Guard.Leave(execution);
        execution.End(result.ExitCode);
    }

    private static void End(Execution execution, string id, Func<string, bool> isTheirs)
    {
        HostProcess? process = execution.Host.Process(id);
        if (process is not null && isTheirs(process.Name))
        {
            execution.Host.World.Log($"{execution.Host}: {process.Name} {process.Id} gets TERM from {execution.Client.Name}");
            process.End();
            execution.End(0);
        }
        else
        {
            execution.End(1);
        }
    }

    private static void Follow(Execution execution)
    {
        execution.Process = execution.Host.Start("tail", "tail -F xend.log");
        execution.Host.Logged += execution.Say;
        execution.Process.Ended += () => execution.Host.Logged -= execution.Say;
    }

    private static void Kill(Execution execution, string pattern)
    {
        HostProcess[] found = [.. execution.Host.Processes.Where(process => Regex.IsMatch(process.Words, pattern))];
        foreach (HostProcess process in found)
        {
            execution.Host.World.Log($"{execution.Host}: {process.Name} {process.Id} gets TERM from {execution.Client.Name}");
            process.End();
        }

        execution.End(found.Length > 0 ? 0 : 1);
    }

    private static async Task EndRestoreAsync(Execution execution, string id)
    {
        HostProcess? restore = execution.Host.Processes.FirstOrDefault(
            process => XcRestore.Guest(process.Words)?.ToString(CultureInfo.InvariantCulture) == id);
        execution.Process = execution.Host.Start("sh", "sh");
        await execution.Process.WaitAsync(TimeSpan.FromSeconds(2));
        // What works on a guest is done with it by then.
        bool waits = restore is { IsAlive: true };
        if (waits)
        {
            execution.Host.World.Log($"{execution.Host}: {restore!.Words} gets TERM from {execution.Client.Name}");
            execution.Host.World.Changed(execution.Who);
            restore.End();
        }

        execution.End(waits ? 0 : 1);
    }

    private static async Task WatchHelperAsync(Execution execution, string id)
    {
        execution.Process = execution.Host.Start("sh", "sh");
        HostProcess? helper;
        while ((helper = execution.Host.Processes.FirstOrDefault(process => process.Words.Contains($"--save-domain 8 9 {id} ", StringComparison.Ordinal))) is null)
        {
            await execution.Process.WaitAsync(TimeSpan.FromSeconds(2));
        }

        while (helper.IsAlive)
        {
            await execution.Process.WaitAsync(TimeSpan.FromSeconds(5));
        }

        execution.Say("100000000");
        execution.End(0);
    }

    private static async Task WatchAsync(Execution execution, string id)
    {
        execution.Process = execution.Host.Start("sh", "sh");
        for (int seconds = 5; execution.Host.Process(id) is not null; seconds += 5)
        {
            execution.Say(string.Create(CultureInfo.InvariantCulture, $"{seconds * 10_000_000L}"));
            await execution.Process.WaitAsync(TimeSpan.FromSeconds(5));
        }

        execution.End(0);
    }

    private static CommandResult Says(string output) => new(0, output, "");

    private static CommandResult Fails(string error) => new(1, "", error);
}
