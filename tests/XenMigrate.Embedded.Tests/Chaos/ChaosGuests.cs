namespace XenMigrate.Embedded.Tests.Chaos;

/// <summary>The guests of one run, and the truth about them: what both hypervisors hold.</summary>
internal sealed class ChaosGuests(EmbeddedPair pair)
{
    private readonly Dictionary<Guid, string> _names = [];

    public IReadOnlyCollection<string> Names => _names.Values;

    /// <summary>Starts a guest of a few MiB on one of the hosts; some are busy.</summary>
    public void Add(string name, EmbeddedHost host, Random random)
    {
        string extra = random.Next(3) == 0 ? FormattableString.Invariant($"dirty={random.Next(4, 40)} working-set=1") : "";
        string configuration = string.Create(
            CultureInfo.InvariantCulture,
            $"name = '{name}'\nmemory = {random.Next(2, 7)}\nextra = '{extra}'\nvif = [ 'mac=00:16:3e:00:00:01,bridge=xenbr1' ]\n");
        _ = host.Files.Write("/etc/xen/" + name, configuration);
        _names.Add(host.Domains.Create(name, paused: false).Guest.Uuid, name);
    }

    /// <summary>Copies of a guest on a host, whatever they are named.</summary>
    public IReadOnlyList<Domain> CopiesOf(string name, EmbeddedHost host) =>
        [.. host.Hypervisor.Domains.Where(domain => _names.TryGetValue(domain.Guest.Uuid, out string? own) && own == name)];

    /// <summary>Whether anybody still works on a guest anywhere.</summary>
    public bool IsQuiet => pair.Hosts.All(host => host.Hypervisor.Domains.All(domain => domain.BusyWith is null));

    /// <summary>Whether a guest is there once, and runs.</summary>
    public bool IsWhole(string name) =>
        pair.Hosts.SelectMany(host => CopiesOf(name, host)).ToArray() is [{ Guest: { Running: true } guest }] && guest.Name == name;

    /// <summary>What is wrong once everything has come to rest.</summary>
    public IEnumerable<string> Problems() => Names.Where(name => !IsWhole(name)).Select(name => $"{name}: {Where(name)}");

    public string Where(string name)
    {
        IEnumerable<string> copies = pair.Hosts.SelectMany(host => CopiesOf(name, host)
            .Select(copy => $"{copy.Guest.Name} {copy.State} on {host.Profile.Name}"));
        return string.Join(", ", copies) is { Length: > 0 } all ? all : "lost";
    }
}
