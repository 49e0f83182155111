namespace XenMigrate.Repair;

/// <summary>Opens the destination's relocation server, to the source and to whom hosts-allow names.</summary>
internal sealed class RelocationServerRepair : RelocationRepair
{
    public override Mendable Mends => Mendable.RelocationServer;

    protected override RelocationRequest Request(PairFacts facts) =>
        SourceAdmission.ToOpen(facts, facts.Destination.Relocation!.Configuration.Value!.HostsAllow);
}
