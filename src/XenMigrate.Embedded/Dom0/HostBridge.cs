namespace XenMigrate.Embedded.Dom0;

/// <summary>The network bridge of a host, which sysfs shows as well as brctl.</summary>
internal sealed class HostBridge(HostFiles files)
{
    public const string UsualName = "xenbr1";
    public const int UsualMtu = 1500;

    public string Name { get; private set; } = UsualName;

    /// <summary>Bytes.</summary>
    public int Mtu { get; set; } = UsualMtu;

    /// <summary>Whether it takes part in the spanning tree protocol.</summary>
    public bool SpanningTree { get; set; }

    /// <summary>How long a new port waits: 0, as network-bridge sets it.</summary>
    public TimeSpan ForwardDelay { get; set; }

    /// <summary>Gives it a name, under which sysfs then has it.</summary>
    public void Rename(string name)
    {
        foreach (string file in (string[])["mtu", "bridge/stp_state", "bridge/forward_delay"])
        {
            string old = Path(Name, file);
            if (files.Find(old) is not null)
            {
                files.Remove(old);
            }
        }

        Name = name;
        files.MakeFolders(Path(name, "bridge"));
        Show("mtu", () => Mtu);
        Show("bridge/stp_state", () => SpanningTree ? 1 : 0);
        Show("bridge/forward_delay", () => (int)(ForwardDelay.TotalMilliseconds / 10));
    }

    private void Show(string file, Func<int> value) => _ = files.Write(
        Path(Name, file), new GeneratedContent(() => value().ToString(CultureInfo.InvariantCulture) + "\n"));

    private static string Path(string name, string file) => $"/sys/class/net/{name}/{file}";
}
