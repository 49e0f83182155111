namespace XenMigrate.Tests;

/// <summary>Things that tests need and don't care about.</summary>
internal static class A
{
    public static Guid Uuid { get; } = new("b164eace-15c0-4f26-8922-786e23f5bb4b");

    public static Guest Guest(
        string name = "web", int id = 5, GuestState state = GuestState.Blocked, Guid? uuid = null, string host = "a") => new()
        {
            Name = name,
            Id = id,
            Uuid = uuid ?? Uuid,
            State = name.EndsWith("--incoming", StringComparison.Ordinal) ? GuestState.Incoming
                : name.EndsWith("--migratedaway", StringComparison.Ordinal) ? GuestState.MigratedAway
                : state,
            Activity = state,
            IsDescribed = true,
            Type = GuestType.PV,
            MemoryMB = 128,
            MaximumMemoryMB = 128,
            VCpu = 1,
            MaximumVCpu = 1,
            ComputerName = host,
            Toolstack = ToolstackKind.Xl,
        };

    public static Guest WithDisk(this Guest guest, string path = "/images/web.img") =>
        guest with { Disk = [new GuestDisk("xvda", path, "raw", null, ReadOnly: false, Removable: false)] };

    public static Guest WithBridge(this Guest guest, string bridge, string? script = null) =>
        guest with { NetworkInterface = [new GuestNetworkInterface("00:16:3e:77:00:66", bridge, script)] };

    public static HostSession Host(IHostShell shell) => new(
        shell,
        new XlToolstack(shell, new FakeTiming().Timing),
        new HostInformation("4.17.5", 1151, 735, "cpu", "credit2", "", TimeSpan.Zero),
        FakeTiming.Start);

    public static HostSession XendHost(IHostShell shell) => new(
        shell,
        new XendToolstack(shell, new FakeTiming().Timing),
        new HostInformation("3.1.2", 4096, 3311, "cpu", "credit", "", TimeSpan.Zero),
        FakeTiming.Start);

    public static HostSession LibvirtHost(IHostShell shell) => new(
        shell,
        LibvirtToolstack.First(shell, new FakeTiming().Timing),
        new HostInformation("4.17.5", 1151, 735, "cpu", "credit2", "", TimeSpan.Zero),
        FakeTiming.Start);

    public static HostView View(string host, Guest? own = null, Guest? incoming = null, Guest? away = null) =>
        new(host, null, own, incoming, away);
}

/// <summary>Keeps what is reported, at once and in order.</summary>
internal sealed class Reports<T> : IProgress<T>
{
    private readonly object _lock = new();
    private readonly List<T> _values = [];

    public IReadOnlyList<T> Values
    {
        get
        {
            lock (_lock)
            {
                return [.. _values];
            }
        }
    }

    public void Report(T value)
    {
        lock (_lock)
        {
            _values.Add(value);
        }
    }
}
