namespace XenMigrate.Embedded.Network;

/// <summary>What makes a host of the pair that host: the chapter's names and numbers.</summary>
/// <param name="Name">The short name.</param>
/// <param name="Address">Its address on the pair's network.</param>
/// <param name="XendProcess">The process id of xend.</param>
/// <param name="SocketInode">The number that lsof shows for xend's socket.</param>
/// <param name="UpSince">How long it has been up when the pair starts.</param>
internal sealed record HostProfile(string Name, IPAddress Address, int XendProcess, int SocketInode, TimeSpan UpSince)
{
    private const string Domain = "lab.boston.redhat.com";

    /// <summary>The server of the shared storage.</summary>
    public static HostProfile Virt07 { get; } = new("et-virt07", IPAddress.Parse("10.0.0.7"), 3445, 10223, new TimeSpan(12, 3, 4, 0));

    public static HostProfile Virt08 { get; } = new("et-virt08", IPAddress.Parse("10.0.0.8"), 3252, 10901, new TimeSpan(9, 22, 41, 0));

    public static IReadOnlyList<HostProfile> All { get; } = [Virt07, Virt08];

    public string FullName => $"{Name}.{Domain}";

    public bool HasStorage => this == Virt07;

    /// <summary>As the hosts file of either host has it.</summary>
    public static HostProfile? Named(string name) => All.FirstOrDefault(
        host => host.Name == name || host.FullName == name || host.Address.ToString() == name);

    /// <summary>What reverse DNS says of an address; the address itself if it says nothing.</summary>
    public static string NameOf(IPAddress address) =>
        All.FirstOrDefault(host => host.Address.Equals(address))?.FullName ?? (IPAddress.IsLoopback(address) ? "localhost" : address.ToString());
}
