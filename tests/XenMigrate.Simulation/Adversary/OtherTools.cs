namespace XenMigrate.Simulation.Adversary;

/// <summary>Moves that somebody makes with the hosts' own tools.</summary>
internal sealed class OtherTools(Scene scene)
{
    public IEnumerable<(double Weight, Func<bool> Act)> Acts => [(2, OtherToolMoves)];

    private World World => scene.World;

    /// <summary>xl migrate, or xm migrate, by hand, on a host where nothing else is under way.</summary>
    private bool OtherToolMoves()
    {
        if (scene.Running is not var (host, copy) || World.Hosts.Any(other => other.Hangs || other.Processes.Any(process => process is { Name: "xl" or "virsh" or "xc_save" or "xc_restore", IsDaemon: false })))
        {
            return false;
        }

        SimulatedHost to = World.Pick([.. World.Hosts.Where(other => other != host)]);
        World.MovedByHand.Add((host, to));
        scene.Interferes($"somebody moves {copy} from {host} to {to} by hand");
        string id = copy.Id.ToString(CultureInfo.InvariantCulture);
        HandTool tool = new(World);
        World.Begin(World.Toolstack switch
        {
            ToolstackKind.Xend => new XendSender(host, tool, id, to.Name, live: true).RunAsync(),
            ToolstackKind.Libvirt => new LibvirtSender(host, tool, id, to.Name, live: true).RunAsync(),
            _ => new XlSender(host, tool, id, to.Name).RunAsync(),
        });
        return true;
    }

    private sealed class HandTool(World world) : IToolOutput
    {
        public HostProcess? Process { get; set; }

        public string Who => "somebody's own move";

        public void Complain(string text) => world.Log($"by hand: {text}");

        public void End(int code)
        {
            world.LastInterference = world.Now;
            Process?.End();
        }
    }
}
