namespace XenMigrate.Embedded.Commands;

/// <summary>RHEL 5's virsh, which does everything through xend.</summary>
internal sealed class VirshProgram(Hypervisor hypervisor, XendDaemon xend, XendDomains domains, XmMigrateProgram migrate)
{
    public void AddTo(ProgramTable table) => table.AddLong("virsh", RunAsync);

    private async Task<int> RunAsync(Invocation call)
    {
        if (call.Arguments.Count == 0)
        {
            return call.Fail("error: a command is needed");
        }

        if (!xend.IsRunning)
        {
            return call.Fail("libvir: Xen Daemon error : internal error failed to connect to xend\nerror: failed to connect to the hypervisor");
        }

        Invocation inner = call with { Words = [.. call.Arguments] };
        Options options = Options.Read(inner, "", "", ("live", "l"), ("all", "a"));
        string act = call.Arguments[0];
        try
        {
            return options.Problem is not null ? call.Fail($"error: command '{act}' doesn't support option {options.Problem}")
                : act == "migrate" ? await MigrateAsync(inner, options).ConfigureAwait(false)
                : Run(inner, act, options);
        }
        catch (XendException e)
        {
            call.Output.WriteError($"libvir: Xen Daemon error : POST operation failed: xend_post: error from xen daemon: {e.Message}");
            return call.Fail(Failed(act, options.Operands.Count > 0 ? options.Operands[0] : ""));
        }
    }

    private int Run(Invocation call, string act, Options options)
    {
        switch (act, options.Operands.Count)
        {
            case ("list", 0):
                List(call);
                break;
            case ("start", 1):
                _ = domains.Create(options.Operands[0], paused: false);
                call.WriteLine($"Domain {options.Operands[0]} started\n");
                break;
            case ("save", 2):
                domains.Save(options.Operands[0], options.Operands[1], keepRunning: false);
                call.WriteLine($"Domain {options.Operands[0]} saved to {options.Operands[1]}\n");
                break;
            case ("restore", 1):
                _ = domains.Restore(options.Operands[0], paused: false);
                call.WriteLine($"Domain restored from {options.Operands[0]}\n");
                break;
            case ("suspend", 1):
                domains.Pause(options.Operands[0]);
                call.WriteLine($"Domain {options.Operands[0]} suspended\n");
                break;
            case ("resume", 1):
                domains.Unpause(options.Operands[0]);
                call.WriteLine($"Domain {options.Operands[0]} resumed\n");
                break;
            case ("shutdown", 1):
                domains.ShutDown(options.Operands[0]);
                call.WriteLine($"Domain {options.Operands[0]} is being shutdown\n");
                break;
            case ("destroy", 1):
                domains.Destroy(options.Operands[0]);
                call.WriteLine($"Domain {options.Operands[0]} destroyed\n");
                break;
            case ("domstate", 1):
                call.WriteLine(State(domains.Get(options.Operands[0]).State) + "\n");
                break;
            default:
                return call.Fail($"error: unknown command: '{act}'");
        }

        return 0;
    }

    private async Task<int> MigrateAsync(Invocation call, Options options)
    {
        if (options.Operands is not [string name, string uri])
        {
            return call.Fail("error: command 'migrate' requires <domain> option");
        }

        // "xen://et-virt07/", "xen+ssh://root@et-virt07", or the bare name as in the chapter.
        string host = uri.Contains("://") && Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed) ? parsed.Host : uri;
        return await migrate.MoveAsync(call, name, host, options.Has("l"), port: 0, obeys: false, XendMove.Legacy)
            .ConfigureAwait(false);
    }

    private void List(Invocation call)
    {
        call.WriteLine(" Id Name                 State");
        call.WriteLine("----------------------------------");
        Row(0, "Domain-0", "running");
        foreach (Domain domain in hypervisor.Domains)
        {
            Row(domain.Id, domain.Guest.Name, State(domain.State));
        }

        call.WriteLine("");

        void Row(int id, string name, string state) =>
            call.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0,3} {1,-20} {2}", id, name, state));
    }

    private static string State(string letters) =>
        letters.Contains('s') ? "in shutdown"
        : letters.Contains('p') ? "paused"
        : letters.Contains('b') ? "blocked"
        : letters.Contains('r') ? "running"
        : "no state";

    private static string Failed(string act, string name) => act switch
    {
        "start" => $"error: Failed to start domain {name}",
        "save" => $"error: Failed to save domain {name}",
        "restore" => $"error: Failed to restore domain from {name}",
        _ => $"error: Failed to {act} domain {name}",
    };
}
