using System.Net;

namespace XenMigrate.Checks;

/// <summary>
/// Many a host has a name for 127.0.0.1 or 127.0.1.1 in /etc/hosts. Where the source has the destination's there, libvirt
/// would connect to the source itself.
/// </summary>
internal sealed class NotItselfCheck()
    : HostCheck("XM-CON-04", "The source does not take the destination's name for its own", CheckCategory.Connection, "PortUnreachable")
{
    protected override ToolstackKind? OnlyWith => ToolstackKind.Libvirt;

    protected override Finding Examine(PairFacts pair)
    {
        if (pair.Libvirt is null || pair.Libvirt.Value is not { } probe)
        {
            return Unknown(pair.Libvirt ?? Answer<LibvirtProbe>.None(pair.Source.Host, pair.Source.SessionProblem ?? "it was not asked"));
        }

        string source = pair.Source.Host;
        string address = pair.MigrationAddress;
        return probe.Address switch
        {
            null => new Finding(
                CheckStatus.Warning,
                $"{source} knows no address of {address}, so libvirt takes the name that {pair.Destination.Host} has for itself.")
            {
                Expected = "an address",
                Actual = "none",
                Remediation = $"On {source}, write {address} with its address into /etc/hosts, or give one as -MigrationAddress.",
                Evidence = pair.Libvirt.Evidence,
            },
            { } own when IPAddress.IsLoopback(own) => new Finding(
                CheckStatus.Failed, $"{source} takes {address} for {own}, which is {source} itself.")
            {
                Expected = $"an address of {pair.Destination.Host}",
                Actual = own.ToString(),
                Remediation = $"On {source}, correct {address} in /etc/hosts or DNS, or give another as -MigrationAddress.",
                Evidence = pair.Libvirt.Evidence,
            },
            { } other => Passed($"{source} takes {address} for {other}.", pair.Libvirt.Evidence),
        };
    }
}
