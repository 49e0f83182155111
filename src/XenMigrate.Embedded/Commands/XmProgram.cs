namespace XenMigrate.Embedded.Commands;

/// <summary>xm, xend's command line.</summary>
internal sealed class XmProgram(Machine machine, Hypervisor hypervisor, XendDaemon xend, XendDomains domains, XmListProgram list, XmMigrateProgram migrate)
{
    private const int FirstDeprecated = 4;

    public void AddTo(ProgramTable table) => table.AddLong("xm", RunAsync);

    private async Task<int> RunAsync(Invocation call)
    {
        if (machine.HasXl)
        {
            return call.FailAsMissing();
        }

        if (call.Arguments.Count == 0)
        {
            return call.Fail("Usage: xm <subcommand> [args]\n\nControl, list, and manipulate Xen guest instances");
        }

        if (!xend.IsRunning)
        {
            return call.Fail("Error: Unable to connect to xend: Connection refused. Is xend running?");
        }

        if (machine.Xen.Major >= FirstDeprecated)
        {
            call.Output.WriteError("WARNING: xend/xm is deprecated.");
        }

        string act = call.Arguments[0];
        // The sub-command stands where a program's name would: options follow it.
        Invocation inner = call with { Words = [.. call.Arguments] };
        try
        {
            return act is "migrate" ? await migrate.RunAsync(inner).ConfigureAwait(false) : Run(inner, act);
        }
        catch (XendException e)
        {
            if (act is "migrate")
            {
                // Whatever it failed of, it then tells how it is used.
                call.WriteLine(XmMigrateProgram.Usage);
            }

            return call.Fail($"Error: {e.Message}");
        }
    }

    private int Run(Invocation call, string act)
    {
        Options options = Options.Read(call, "pclq", "", ("long", "l"), ("paused", "p"), ("checkpoint", "c"));
        switch (act, options.Operands.Count)
        {
            case (_, _) when options.Problem is not null:
                return Usage(call, act);
            case ("list", 0 or 1):
                return list.Run(call, options);
            case ("info", 0):
                call.Write(XmInfoProgram.Text(machine, hypervisor));
                return 0;
            case ("create", 1):
                string name = domains.Create(options.Operands[0], options.Has("p")).Guest.Name;
                call.WriteLine($"Using config file \"{(options.Operands[0].Contains('/') ? "" : "/etc/xen/")}{options.Operands[0]}\".");
                call.WriteLine($"Started domain {name}");
                return 0;
            case ("save", 2):
                domains.Save(options.Operands[0], options.Operands[1], options.Has("c"));
                return 0;
            case ("restore", 1):
                _ = domains.Restore(options.Operands[0], options.Has("p"));
                return 0;
            case ("rename", 2):
                domains.Rename(options.Operands[0], options.Operands[1]);
                return 0;
            case ("pause", 1):
                domains.Pause(options.Operands[0]);
                return 0;
            case ("unpause", 1):
                domains.Unpause(options.Operands[0]);
                return 0;
            case ("shutdown", 1):
                domains.ShutDown(options.Operands[0]);
                return 0;
            case ("destroy", 1):
                domains.Destroy(options.Operands[0]);
                return 0;
            case ("domid", 1):
                call.WriteLine(domains.Get(options.Operands[0]).Id.ToString(CultureInfo.InvariantCulture));
                return 0;
            case ("domname", 1):
                call.WriteLine(domains.Get(options.Operands[0]).Guest.Name);
                return 0;
            default:
                return Usage(call, act);
        }
    }

    private static int Usage(Invocation call, string act) => call.Fail(act switch
    {
        "list" => "Error: Invalid argument.\nUsage: xm list [options] [Domain, ...]",
        "save" => "Error: 'xm save' requires 2 arguments.\n\nUsage: xm save [-c] <Domain> <CheckpointFile>",
        "restore" => "Error: 'xm restore' requires 1 argument.\n\nUsage: xm restore <CheckpointFile> [-p]",
        "rename" => "Error: 'xm rename' requires 2 arguments.\n\nUsage: xm rename <Domain> <NewDomainName>",
        "create" => "Error: 'xm create' requires 1 argument.\n\nUsage: xm create <ConfigFile> [options] [vars]",
        "pause" or "unpause" or "shutdown" or "destroy" or "domid" or "domname" =>
            $"Error: 'xm {act}' requires 1 argument.\n\nUsage: xm {act} <Domain>",
        "info" => "Error: 'xm info' requires no argument.\n\nUsage: xm info",
        _ => $"Error: Sub Command {act} not found!\nUsage: xm <subcommand> [args]",
    });
}
