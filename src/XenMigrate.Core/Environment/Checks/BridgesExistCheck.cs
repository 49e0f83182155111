using System;
using System.Collections.Generic;
using System.Linq;
using XenMigrate.Environment.Facts;
using XenMigrate.Guests;
using XenMigrate.Toolstacks;

namespace XenMigrate.Environment.Checks;

internal sealed class BridgesExistCheck : GuestCheck
{
    public override string Id => "XM-NET-01";

    public override string Name => "Every bridge of the guest exists at the destination";

    public override CheckCategory Category => CheckCategory.Network;

    public override string ErrorId => "BridgeMissing";

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        GuestNetworkInterface[] plugged = [.. guest.NetworkInterface.Where(nic => nic.Bridge is not null)];
        string[] wanted = [.. plugged.Select(nic => nic.Bridge!).Distinct()];
        if (wanted.Length == 0)
        {
            return Passed($"{guest.Name} is plugged into no bridge by name.");
        }

        if (pair.Destination.Bridges.Value is not { } present)
        {
            return Unknown(pair.Destination.Bridges);
        }

        string[] missing = [.. plugged.Where(nic => !Has(present, nic.Bridge!, nic.Script)).Select(nic => nic.Bridge!).Distinct()];
        return missing.Length == 0
            ? Passed($"{pair.Destination.Host} has {string.Join(", ", wanted)}.", pair.Destination.Bridges.Evidence)
            : new Finding(CheckStatus.Failed, $"{pair.Destination.Host} has no bridge {string.Join(", ", missing)}, which {guest.Name} is plugged into.")
            {
                Expected = string.Join(", ", wanted),
                Actual = present.Count > 0 ? string.Join(", ", present) : "no bridge",
                Remediation = guest.Toolstack == ToolstackKind.Xend
                    ? $"On {pair.Destination.Host}: brctl addbr {missing[0]}, then brctl addif {missing[0]} and the right interface."
                    : $"On {pair.Destination.Host}: ip link add {missing[0]} type bridge, and put the right interface into it.",
                Evidence = pair.Destination.Bridges.Evidence,
            };
    }

    /// <summary>
    /// Xen's vif-bridge takes ethN where the guest wants xenbrN and that is no bridge; an Open vSwitch bridge may be
    /// followed by ".vlan" and ":trunks".
    /// </summary>
    private static bool Has(IReadOnlyList<string> present, string bridge, string? script) =>
        present.Contains(bridge)
        || (bridge.StartsWith("xenbr", StringComparison.Ordinal) && present.Contains("eth" + bridge.Substring("xenbr".Length)))
        || (script?.Contains("openvswitch") == true && present.Contains(bridge.Split('.', ':')[0]));
}
