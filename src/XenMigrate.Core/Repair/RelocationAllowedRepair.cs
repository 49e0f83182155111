namespace XenMigrate.Repair;

/// <summary>Adds the source to the destination's hosts-allow.</summary>
internal sealed class RelocationAllowedRepair : RelocationRepair
{
    public override Mendable Mends => Mendable.RelocationAllowed;

    protected override RelocationRequest Request(PairFacts facts)
    {
        (string? value, string? problem) = SourceAdmission.Of(facts, facts.Destination.Relocation!.Configuration.Value!.HostsAllow);
        return value is null ? RelocationRequest.Leave(problem!) : new RelocationRequest(new RelocationSettings { HostsAllow = value });
    }
}
