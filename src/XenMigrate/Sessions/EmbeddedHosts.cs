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
                Act(_pair.Host(computerName), fault.Value, fault.Name).Invoke();
            }
        }
        catch (XendException e)
        {
            throw new ConfigurationInvalidException(XendConfiguration.Path, e.Message, e);
        }
    }

    public void Dispose() => _pair.Dispose();

    private static Action Act(EmbeddedHost host, object value, string fault) => fault switch
    {
        nameof(SetEmbeddedHostCommand.Reset) => host.Faults.Reset,
        nameof(SetEmbeddedHostCommand.BridgeName) => () => host.Dom0.Bridge.Rename((string)value),
        nameof(SetEmbeddedHostCommand.Relocation) => () => host.Faults.SetRelocation((bool)value),
        nameof(SetEmbeddedHostCommand.HostsAllow) => () => host.Faults.SetHostsAllow((string)value),
        nameof(SetEmbeddedHostCommand.UnmountStorage) => host.Faults.UnmountStorage,
        nameof(SetEmbeddedHostCommand.StorageReadOnly) => host.Faults.MountStorageReadOnly,
        nameof(SetEmbeddedHostCommand.ExportOption) => () => host.Faults.ExportStorage((string)value),
        nameof(SetEmbeddedHostCommand.BridgeMtu) => () => host.Faults.SetBridgeMtu((int)value),
        nameof(SetEmbeddedHostCommand.ForwardDelay) => () => host.Faults.SetSpanningTree((TimeSpan)value),
        nameof(SetEmbeddedHostCommand.TimeServer) => () => host.Machine.HasTimeServer = (bool)value,
        nameof(SetEmbeddedHostCommand.Uptime) => () => host.Faults.SetUptime((TimeSpan)value),
        nameof(SetEmbeddedHostCommand.Processor) => () => host.Machine.Processor = HostProcessor.Named((string)value),
        nameof(SetEmbeddedHostCommand.XenVersion) => () => host.Machine.Xen = HypervisorVersion.Parse((string)value),
        nameof(SetEmbeddedHostCommand.WithholdSuspend) => () => host.Machine.GuestsOfferSuspend = false,
        nameof(SetEmbeddedHostCommand.ClockOffset) => () => host.Machine.ClockOffset = (TimeSpan)value,
        nameof(SetEmbeddedHostCommand.FreeMemoryMB) => () => host.Faults.LimitFreeMemory((int)value),
        nameof(SetEmbeddedHostCommand.BlockPort) => () => host.Faults.BlockPort((int)value),
        nameof(SetEmbeddedHostCommand.RejectPort) => () => host.Faults.RejectPort((int)value),
        nameof(SetEmbeddedHostCommand.LinkBandwidth) => () => host.Faults.SlowLink((long)value),
        nameof(SetEmbeddedHostCommand.CutLink) => () => host.Faults.CutLink(),
        _ => throw new InvalidOperationException($"{fault} is no fault of an embedded host."),
    };
}
#endif
