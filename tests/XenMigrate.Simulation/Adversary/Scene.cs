namespace XenMigrate.Simulation.Adversary;

/// <summary>What everybody acts on: the guest with its copies, and who works on it.</summary>
internal sealed class Scene(World world, GuestTruth guest, List<Undertaking> undertakings)
{
    public World World => world;

    public GuestTruth Guest => guest;

    public List<Undertaking> Undertakings => undertakings;

    public IEnumerable<(SimulatedHost Host, Copy Copy)> Copies => world.CopiesOf(guest);

    public (SimulatedHost Host, Copy Copy)? Running => Copies.Where(at => at.Copy.Runs).Select(at => ((SimulatedHost, Copy)?)at).FirstOrDefault();

    public List<Client> Clients => [.. undertakings.Select(work => work.Client).Where(client => client.IsAlive)];

    public Undertaking[] UnderWay => [.. undertakings.Where(work => !work.IsOver)];

    /// <summary>Tells of something that changes what a client may have seen.</summary>
    public void Interferes(string text)
    {
        world.LastInterference = world.Now;
        world.Log("*** " + text);
    }
}
