using XenMigrate.Hosts;
using XenMigrate.Simulation.Xen;
using XenMigrate.Simulation.Xl;
using XenMigrate.Toolstacks;

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
        if (RemoteWords.Expected(execution.Command) is { } expected)
        {
            if (Guard.Mismatch(host, expected) is { } found)
            {
                execution.Complain($"xenmigrate-found {found}");
                execution.End(GuardedAct.Refused);
                return;
            }
        }
        else if (act is ["xl", "destroy" or "unpause" or "pause" or "rename" or "resume" or "save" or "migrate" or "restore", ..])
        {
            host.World.Wrong($"nobody looked before: {execution.Who} on {host.Name}");
        }

        switch (act)
        {
            case ["xl", .., "migrate", _, _, var id, var address]:
                host.World.Begin(new XlSender(host, execution, id, address).RunAsync());
                break;
            case ["xl", "save", "-p", var id, var path]:
                host.World.Begin(new XlSaving(execution, id, path).RunAsync());
                break;
            case ["xl", "restore", "-p", var path]:
                host.World.Begin(new XlRestoring(execution, path).RunAsync());
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
                else
                {
                    Tell(execution, Change(execution, act) ?? Answer(host, act) ?? throw Unknown(execution.Command));
                    execution.Client.Looks(host, [execution.Command]);
                }

                break;
        }
    }

    /// <summary>What only looks, and is answered at once; null for what does more.</summary>
    public static CommandResult? Answer(SimulatedHost host, string[] words) => words switch
    {
        ["xl", "list"] => Says(XlText.Table(host, uuids: false)),
        ["xl", "list", "-v"] => Says(XlText.Table(host, uuids: true)),
        ["xl", "list", "-l"] => Says(XlText.Json(host)),
        ["xl", "info"] => Says(XlText.Info),
        ["xl", "vm-list"] => Says(XlText.Uuids(host)),
        ["xl", "help"] => Says(XlText.Help(host.CanResume)),
        ["cat", "/proc/sys/kernel/random/boot_id"] => Says(host.BootId + "\n"),
        ["date", "+%s.%N"] => Says(string.Create(
            CultureInfo.InvariantCulture,
            $"{(decimal)(Time.Timeline.Start + host.World.Now + host.ClockOffset - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond:0.000000000}\n")),
        ["test", "-d", var path] => host.Process(path.Replace("/proc/", "", StringComparison.Ordinal)) is null ? Fails("") : Says(""),
        ["ps", "-e", ..] => Says(Processes(host)),
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

    /// <summary>What changes something at once; null for what does not.</summary>
    private static CommandResult? Change(Execution execution, string[] words)
    {
        World world = execution.Host.World;
        SimulatedHost host = execution.Host;
        return words switch
        {
            ["xl", "destroy", var id] => On(id, copy => world.Destroy(host, copy, execution.Who)),
            ["xl", "pause", var id] => On(id, copy => XlActs.Pause(world, copy, execution.Who)),
            ["xl", "unpause", var id] => On(id, copy => XlActs.Unpause(host, copy, execution.Who)),
            ["xl", "rename", var id, var to] => host.Find(id) is not { } copy ? NotThere(id)
                : XlActs.Rename(host, copy, to, execution.Who) ? Says("")
                : Fails($"Domain with name \"{to}\" already exists."),
            ["xl", "resume", var id] when host.CanResume => On(id, copy => XlActs.Resume(host, copy, execution.Who)),
            // xl resumes what is suspended, whoever did it.
            ["env", "LIBXL_SAVE_HELPER=/bin/false", "xl", "save", "-c", var id, "/dev/null"] => On(id, copy => XlActs.Resume(host, copy, execution.Who)) with { ExitCode = 1, Error = "Failed to save domain, resuming domain" },
            ["rm", "-f", "--", var path] => Says(world.Images.Remove(path) ? "" : ""),
            _ => null,
        };

        CommandResult On(string id, Action<Copy> act)
        {
            if (host.Find(id) is not { } copy)
            {
                return NotThere(id);
            }

            act(copy);
            return Says("");
        }
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

    private static CommandResult NotThere(string id) => Fails($"Domain {id}:Non-existant domain");

    private static CommandResult Says(string output) => new(0, output, "");

    private static CommandResult Fails(string error) => new(1, "", error);
}
