namespace XenMigrate.Simulation.Hosts;

/// <summary>A process on a host: it goes on as long as the host is up and nobody ends it.</summary>
internal sealed class HostProcess(SimulatedHost host, int id, string name, string words)
{
    public int Id { get; } = id;

    /// <summary>What /proc/…/comm has.</summary>
    public string Name { get; } = name;

    /// <summary>Its command line, as ps shows it.</summary>
    public string Words { get; set; } = words;

    public SimulatedHost Host { get; } = host;

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether it stays after its work, as a child of init's.</summary>
    public bool IsDaemon { get; set; }

    /// <summary>Done when it ends, however.</summary>
    public event Action? Ended;

    /// <summary>Lets time pass for it. If it is ended meanwhile, this never ends.</summary>
    public Task WaitAsync(TimeSpan time)
    {
        TaskCompletionSource passed = new();
        Host.After(time, () =>
        {
            if (IsAlive)
            {
                passed.SetResult();
            }
        });
        return passed.Task;
    }

    public void End()
    {
        if (IsAlive)
        {
            IsAlive = false;
            Host.Forget(this);
            Ended?.Invoke();
        }
    }
}
