#if NET
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

    public void Apply(string computerName, IEnumerable<EmbeddedFault> faults)
    {
        try
        {
            foreach (EmbeddedFault fault in faults)
            {
                Act(_pair.Host(computerName).Faults, fault.Value, fault.Name).Invoke();
            }
        }
        catch (XendException e)
        {
            throw new ConfigurationInvalidException(XendConfiguration.Path, e.Message, e);
        }
    }

    public void Dispose() => _pair.Dispose();

    private static Action Act(EmbeddedFaults host, object value, string fault) => fault switch
    {
        nameof(SetEmbeddedHostCommand.Reset) => host.Reset,
        nameof(SetEmbeddedHostCommand.BridgeName) => () => host.RenameBridge((string)value),
        nameof(SetEmbeddedHostCommand.Relocation) => () => host.SetRelocation((bool)value),
        nameof(SetEmbeddedHostCommand.HostsAllow) => () => host.SetHostsAllow((string)value),
        nameof(SetEmbeddedHostCommand.UnmountStorage) => host.UnmountStorage,
        nameof(SetEmbeddedHostCommand.StorageReadOnly) => host.MountStorageReadOnly,
        nameof(SetEmbeddedHostCommand.ExportOption) => () => host.ExportStorage((string)value),
        nameof(SetEmbeddedHostCommand.BridgeMtu) => () => host.SetBridgeMtu((int)value),
        nameof(SetEmbeddedHostCommand.ForwardDelay) => () => host.SetSpanningTree((TimeSpan)value),
        nameof(SetEmbeddedHostCommand.TimeServer) => () => host.SetTimeServer((bool)value),
        nameof(SetEmbeddedHostCommand.Uptime) => () => host.SetUptime((TimeSpan)value),
        nameof(SetEmbeddedHostCommand.Processor) => () => host.SetProcessor(HostProcessor.Named((string)value)),
        nameof(SetEmbeddedHostCommand.XenVersion) => () => host.SetXenVersion((string)value),
        nameof(SetEmbeddedHostCommand.WithholdSuspend) => host.WithholdSuspend,
        nameof(SetEmbeddedHostCommand.ClockOffset) => () => host.SetClockOffset((TimeSpan)value),
        nameof(SetEmbeddedHostCommand.FreeMemoryMB) => () => host.LimitFreeMemory((int)value),
        nameof(SetEmbeddedHostCommand.BlockPort) => () => host.BlockPort((int)value),
        nameof(SetEmbeddedHostCommand.RejectPort) => () => host.RejectPort((int)value),
        nameof(SetEmbeddedHostCommand.LinkBandwidth) => () => host.SlowLink((long)value),
        nameof(SetEmbeddedHostCommand.CutLink) => () => host.CutLink(),
        _ => throw new InvalidOperationException($"{fault} is no fault of an embedded host."),
    };
}
#endif
