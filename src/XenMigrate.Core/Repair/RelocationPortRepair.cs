namespace XenMigrate.Repair;

/// <summary>Gives the destination the source's port, has it listen for others too, or has xend read what is written there.</summary>
internal sealed class RelocationPortRepair : RelocationRepair
{
    public override Mendable Mends => Mendable.RelocationPort;

    protected override RelocationRequest Request(PairFacts facts)
    {
        XendConfiguration here = facts.Source.Relocation!.Configuration.Value!;
        RelocationFacts relocation = facts.Destination.Relocation!;
        XendConfiguration there = relocation.Configuration.Value!;
        if (here.RelocationPort != there.RelocationPort)
        {
            return new RelocationRequest(new RelocationSettings { Port = here.RelocationPort });
        }

        // Where nobody listens, xend has not read its file, or can't listen on the address there.
        bool isNobody = !relocation.At(there.RelocationPort).Any();
        bool isWrong = !there.ListensEverywhere
            && facts.Destination.Addresses.Value?.Contains(there.RelocationAddress) != true;
        return new RelocationRequest(isNobody && !isWrong
            ? new RelocationSettings()
            : new RelocationSettings { Address = "" });
    }
}
