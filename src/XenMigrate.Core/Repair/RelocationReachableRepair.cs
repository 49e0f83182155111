using XenMigrate.Environment.Facts;
using XenMigrate.Relocation;

namespace XenMigrate.Repair;

/// <summary>Has the destination listen on all its addresses. Packet filters are not touched.</summary>
internal sealed class RelocationReachableRepair : RelocationRepair
{
    public override string CheckId => "XM-REL-03";

    protected override RelocationWish Wish(PairFacts facts) =>
        facts.Destination.Relocation?.Configuration.Value is { ListensEverywhere: false }
            ? new RelocationWish(new RelocationSettings { Address = "" })
            : RelocationWish.Leave(
                $"{facts.Destination.Host} listens on all its addresses. What keeps {facts.Source.Host} out is a packet filter, "
                    + "a name or the network, and these are not touched.");
}
