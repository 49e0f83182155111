#if NET
using XenMigrate.Embedded.Commands;
using XenMigrate.Embedded.Dom0;
using XenMigrate.Embedded.Pair;

namespace XenMigrate.Sessions;

/// <summary>The embedded pair. The only class of this assembly that touches a type of XenMigrate.Embedded.</summary>
internal sealed class EmbeddedHosts : IEmbeddedHosts
{
    private readonly EmbeddedPair _pair = EmbeddedPair.Start();

    public IReadOnlyList<string> Names => [.. _pair.Hosts.Select(host => host.Profile.Name)];

    public IHostConnector Connector => new EmbeddedConnector(_pair);

    public bool Owns(IHostShell shell) => shell is EmbeddedShell;

    public void Apply(string computerName, EmbeddedFault fault)
    {
        try
        {
            Apply(_pair.Host(computerName).Faults, fault);
        }
        catch (XendException e)
        {
            throw new ConfigurationInvalidException(XendConfiguration.Path, e.Message, e);
        }
    }

    public void Dispose() => _pair.Dispose();

    private static void Apply(EmbeddedFaults host, EmbeddedFault fault)
    {
        if (fault.Reset)
        {
            host.Reset();
        }

        if (fault.BridgeName is { } bridge)
        {
            host.RenameBridge(bridge);
        }

        if (fault.Relocation is { } relocation)
        {
            host.SetRelocation(relocation);
        }

        if (fault.HostsAllow is { } allow)
        {
            host.SetHostsAllow(allow);
        }

        ApplyToStorage(host, fault);
        ApplyToNetwork(host, fault);
        ApplyToMachine(host, fault);
    }

    private static void ApplyToStorage(EmbeddedFaults host, EmbeddedFault fault)
    {
        if (fault.ExportOption is { } options)
        {
            host.ExportStorage(options);
        }

        if (fault.StorageReadOnly)
        {
            host.MountStorageReadOnly();
        }

        if (fault.UnmountStorage)
        {
            host.UnmountStorage();
        }
    }

    private static void ApplyToMachine(EmbeddedFaults host, EmbeddedFault fault)
    {
        if (fault.ClockOffset is { } offset)
        {
            host.SetClockOffset(offset);
        }

        if (fault.FreeMemoryMB is { } memory)
        {
            host.LimitFreeMemory(memory);
        }

        if (fault.TimeServer is { } server)
        {
            host.SetTimeServer(server);
        }

        if (fault.Uptime is { } uptime)
        {
            host.SetUptime(uptime);
        }

        if (fault.Processor is { } processor)
        {
            host.SetProcessor(HostProcessor.Named(processor));
        }

        if (fault.XenVersion is { } version)
        {
            host.SetXenVersion(version);
        }

        if (fault.WithholdSuspend)
        {
            host.WithholdSuspend();
        }
    }

    private static void ApplyToNetwork(EmbeddedFaults host, EmbeddedFault fault)
    {
        if (fault.BridgeMtu is { } mtu)
        {
            host.SetBridgeMtu(mtu);
        }

        if (fault.ForwardDelay is { } delay)
        {
            host.SetSpanningTree(delay);
        }

        foreach (int port in fault.BlockPort)
        {
            host.BlockPort(port);
        }

        foreach (int port in fault.RejectPort)
        {
            host.RejectPort(port);
        }

        if (fault.LinkBandwidth is { } bandwidth)
        {
            host.SlowLink(bandwidth);
        }

        if (fault.CutLink)
        {
            host.CutLink();
        }
    }
}
#endif
