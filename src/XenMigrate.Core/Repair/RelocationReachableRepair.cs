namespace XenMigrate.Repair;

/// <summary>Has the destination listen on all its addresses. Packet filters are not touched.</summary>
internal sealed class RelocationReachableRepair : RelocationRepair
{
    public override Mendable Mends => Mendable.RelocationReachable;

    protected override RelocationRequest Request(PairFacts facts) =>
        facts.Destination.Relocation?.Configuration.Value is { ListensEverywhere: false }
            ? new RelocationRequest(new RelocationSettings { Address = "" })
            : RelocationRequest.Leave(
                $"{facts.Destination.Host} listens on all its addresses. What keeps {facts.Source.Host} out is a packet filter, "
                    + "a name or the network, and these are not touched.");
}
