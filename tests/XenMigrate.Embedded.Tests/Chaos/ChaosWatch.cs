namespace XenMigrate.Embedded.Tests.Chaos;

/// <summary>Looks again and again whether two copies of a guest run at once.</summary>
internal sealed class ChaosWatch : IDisposable
{
    private readonly EmbeddedPair _pair;
    private readonly ChaosGuests _guests;
    private readonly Dictionary<string, EmbeddedHost> _sources;
    private readonly HashSet<string> _seen = [];
    private readonly Thread _thread;
    private volatile bool _end;

    public ChaosWatch(EmbeddedPair pair, ChaosGuests guests)
    {
        _pair = pair;
        _guests = guests;
        _sources = guests.Names.ToDictionary(name => name, name => pair.Hosts.Single(host => guests.CopiesOf(name, host).Count > 0));
        _thread = new Thread(Look) { IsBackground = true };
        _thread.Start();
    }

    public IEnumerable<string> Problems()
    {
        Dispose();
        return _seen.Select(name => $"{name} ran twice at once");
    }

    public void Dispose()
    {
        _end = true;
        _thread.Join();
    }

    private void Look()
    {
        while (!_end)
        {
            foreach ((string name, EmbeddedHost source) in _sources)
            {
                // The destination first: a guest that runs there runs at the source no more, and never again. The other way
                // round, it could have been handed over between the two looks.
                if (Runs(name, _pair.Hosts.Single(host => host != source)) && Runs(name, source))
                {
                    _ = _seen.Add(name);
                }
            }

            Thread.Sleep(1);
        }
    }

    private bool Runs(string name, EmbeddedHost host) => _guests.CopiesOf(name, host).Any(copy => copy.Guest.Running);
}
