namespace XenMigrate.Simulation.Hosts;

/// <summary>What tools do to guests and files in a moment.</summary>
internal static class HostChanges
{
    /// <summary>What changes something at once; null for what does not.</summary>
    public static CommandResult? Of(Execution execution, string[] words)
    {
        World world = execution.Host.World;
        SimulatedHost host = execution.Host;
        return words switch
        {
            ["xl" or "xm", "destroy", var id] => On(id, copy => world.Destroy(host, copy, execution.Who)),
            ["virsh", _, _, _, "destroy", var id] => On(id, copy => world.Destroy(host, copy, execution.Who)),
            ["xl" or "xm", "pause", var id] => On(id, copy => XlActs.Pause(world, copy, execution.Who)),
            ["virsh", _, _, _, "suspend", var id] => On(id, copy => XlActs.Pause(world, copy, execution.Who)),
            ["xl" or "xm", "unpause", var id] => On(id, copy => XlActs.Unpause(host, copy, execution.Who)),
            ["xl", "unpause", var id, "as", var to] => host.Find(id) is not { } copy ? NotThere(id)
                : !XlActs.Rename(host, copy, to, execution.Who) ? Fails($"Domain with name \"{to}\" already exists.")
                : On(id, copy => XlActs.Unpause(host, copy, execution.Who)),
            ["virsh", _, _, _, "resume", var id] => On(id, copy => XlActs.Unpause(host, copy, execution.Who)),
            ["xl" or "xm", "rename", var id, var to] => host.Find(id) is not { } copy ? NotThere(id)
                : XlActs.Rename(host, copy, to, execution.Who) ? Says("")
                : Fails($"Domain with name \"{to}\" already exists."),
            ["xl", "resume", var id] when host.CanResume => On(id, copy => XlActs.Resume(host, copy, execution.Who)),
            // xl resumes what is suspended, whoever did it.
            ["env", "LIBXL_SAVE_HELPER=/bin/false", "xl", "save", "-c", var id, "/dev/null"] => On(id, copy => XlActs.Resume(host, copy, execution.Who)) with { ExitCode = 1, Error = "Failed to save domain, resuming domain" },
            ["xl", "create", "-q", _] => XlActs.Create(host, world.Guests[0], execution.Who) ? Says("") : Fails("Domain with name already exists."),
            ["xl", "shutdown", var id] => On(id, copy => XlActs.ShutDown(host, copy)),
            ["rm", "-f", "--", var path] => Says(world.Images.Remove(path) ? "" : ""),
            ["sh", "-c", FreshFile.Script, "sh", var path] => Says(world.Images.Remove(path) ? "" : ""),
            ["mv", "-f", "-T", "--", var from, var to] => Move(world, from, to),
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

    private static CommandResult Move(World world, string from, string to)
    {
        if (!world.Images.Remove(from, out Image? image))
        {
            return Fails("mv: No such file or directory");
        }

        world.Images[to] = image;
        return Says("");
    }

    private static CommandResult NotThere(string id) => Fails($"Domain {id}:Non-existant domain");

    private static CommandResult Says(string output) => new(0, output, "");

    private static CommandResult Fails(string error) => new(1, "", error);
}
