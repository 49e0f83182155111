namespace XenMigrate.Simulation.Adversary;

/// <summary>
/// Everybody else: administrators, other clients, other tools, and what breaks. It does nothing that is wrong by itself, such
/// as to let a second copy run; what comes of it is for the engine to get right.
/// </summary>
internal sealed class Adversary
{
    private readonly World _world;
    private readonly (double Weight, Func<bool> Act)[] _acts;
    private int _left;

    // So that some runs are disturbed at their beginning and others late.
    private readonly double _often;

    public Adversary(World world, GuestTruth guest, List<Undertaking> undertakings)
    {
        _world = world;
        _left = world.Random.Next(0, 5);
        _often = world.Pick([0.02, 0.05, 0.2]);
        Scene scene = new(world, guest, undertakings);
        _acts = [.. new Hands(scene).Acts, .. new Breakage(scene).Acts, .. new OtherClients(scene).Acts, .. new OtherTools(scene).Acts];
    }

    /// <summary>Maybe does something now.</summary>
    public void MayAct()
    {
        if (_left == 0 || !_world.Chance(_often))
        {
            return;
        }

        // What can't be done now is not done; the next time something else may be.
        double at = _world.Random.NextDouble() * _acts.Sum(act => act.Weight);
        foreach ((double weight, Func<bool> act) in _acts)
        {
            at -= weight;
            if (at < 0)
            {
                _left -= act() ? 1 : 0;
                return;
            }
        }
    }
}
