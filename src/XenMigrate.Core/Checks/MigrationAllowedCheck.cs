namespace XenMigrate.Checks;

/// <summary>A guest may be made so that it must stay, or be a hypervisor itself, whose state no stream carries.</summary>
internal sealed class MigrationAllowedCheck()
    : GuestCheck("XM-DEV-03", "The guest's configuration lets it move", CheckCategory.Device, "GuestNotSuspendable")
{
    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (pair.Source.Guests.Value is null)
        {
            return Unknown(pair.Source.Guests);
        }

        return guest.Traits switch
        {
            { MigrationDisabled: true } => Failed(pair, guest, "nomigrate", "which forbids the move"),
            { HasNestedVirtualisation: true } => Failed(pair, guest, "nestedhvm", "and what it runs as a hypervisor would be lost"),
            _ => Passed($"{guest.Name} has neither nomigrate nor nestedhvm.", pair.Source.Guests.Evidence),
        };
    }

    private static Finding Failed(PairFacts pair, Guest guest, string option, string why) =>
        new(CheckStatus.Failed, $"{guest.Name} on {pair.Source.Host} has {option}=1, {why}.")
        {
            Expected = $"{option}=0",
            Actual = $"{option}=1",
            Remediation = $"Take {option} out of {guest.Name}'s configuration, then shut it down and start it again on {pair.Source.Host}.",
            Evidence = pair.Source.Guests.Evidence,
        };
}
