namespace XenMigrate.Repair;

/// <summary>Adds the source to the destination's hosts-allow.</summary>
internal sealed class RelocationAllowedRepair : RelocationRepair
{
    public override string CheckId => "XM-REL-04";

    protected override RelocationRequest Request(PairFacts facts)
    {
        (string? value, string? problem) = SourceAdmission.Of(facts, facts.Destination.Relocation!.Configuration.Value!.HostsAllow);
        return value is null ? RelocationRequest.Leave(problem!) : new RelocationRequest(new RelocationSettings { HostsAllow = value });
    }
}
