namespace XenMigrate.Embedded.Commands;

/// <summary>Programs about processes: ps, pkill, pgrep and kill.</summary>
internal sealed class ProcessPrograms(ProcessList processes, HostProfile own)
{
    public void AddTo(ProgramTable table)
    {
        table.Add("ps", List);
        table.Add("pkill", call => Match(call, process => process.Terminate()));
        table.Add("pgrep", call => Match(call, process => call.WriteLine(process.Id.ToString(CultureInfo.InvariantCulture))));
        table.Add("kill", Kill);
        table.AddScript(XcRestore.EndName, EndRestore);
    }

    private int List(Invocation call)
    {
        if (!call.Arguments.SequenceEqual(["-e", "-o", "ppid=", "-o", "args="]))
        {
            return call.Fail("ERROR: Unsupported option (BSD syntax)");
        }

        call.WriteLine("    0 init [3]");
        foreach (HostProcess process in processes.All)
        {
            // What moves guests is xend's child.
            int parent = process.Id == own.XendProcess ? 1 : own.XendProcess;
            call.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0,5} {1}", parent, process.CommandLine));
        }

        return 0;
    }

    private int Match(Invocation call, Action<HostProcess> act)
    {
        // pkill takes the signal as an option: the one that asks nicely is all there is here.
        Invocation plain = call with { Words = [.. call.Words.Where(word => word is not ("-TERM" or "-15" or "-SIGTERM"))] };
        Options options = Options.Read(plain, "fx");
        if (options.Problem is not null || options.Operands is not [string pattern] || TextPrograms.MatcherOf(pattern) is not { } regex)
        {
            return call.Fail($"Usage: {call.Program} [-SIGNAL] [-fvx] [-n|-o] [-P PPIDLIST] [PATTERN]", 2);
        }

        List<HostProcess> found =
        [
            .. processes.All.Where(process => regex.IsMatch(options.Has("f") ? process.CommandLine : Name(process))),
        ];
        found.ForEach(act);
        return found.Count > 0 ? 0 : 1;
    }

    private int Kill(Invocation call)
    {
        string[] words = [.. call.Arguments.Where(word => word is not ("-TERM" or "-15" or "-0" or "--"))];
        if (words.Length == 0)
        {
            return call.Fail("kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]", 2);
        }

        int exitCode = 0;
        foreach (string word in words)
        {
            HostProcess? process = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                ? processes.Find(id)
                : null;
            if (process is null)
            {
                exitCode = call.Fail($"sh: kill: ({word}) - No such process");
            }
            else if (!call.Arguments.Contains("-0"))
            {
                process.Terminate();
            }
        }

        return exitCode;
    }

    private int EndRestore(Invocation call)
    {
        string guest = call.Arguments[0];
        HostProcess? restore = processes.All.FirstOrDefault(
            process => XcRestore.Guest(process.CommandLine)?.ToString(CultureInfo.InvariantCulture) == guest);
        if (restore is null)
        {
            return call.Fail($"no single xc_restore is at work on domain {guest}");
        }

        restore.Terminate();
        return 0;
    }

    private static string Name(HostProcess process) => process.CommandLine.Split(' ')[0].Split('/')[^1];
}
