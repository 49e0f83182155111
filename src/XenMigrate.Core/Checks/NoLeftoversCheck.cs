namespace XenMigrate.Checks;

internal sealed class NoLeftoversCheck()
    : GuestCheck("XM-NAM-02", "No earlier move of the guest left anything behind", CheckCategory.Name, "NameCollision")
{
    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        foreach (HostFacts host in new[] { pair.Source, pair.Destination })
        {
            Answer<IReadOnlyList<Guest>> guests = host.Guests;
            if (guests.Value is null)
            {
                return Unknown(guests);
            }

            if (guests.Value.FirstOrDefault(there => IsLeftover(there, guest)) is { } leftover)
            {
                return new Finding(
                    CheckStatus.Failed, $"{host.Host} has {leftover.Name} (id {leftover.Id}, {leftover.Activity}): a move of {guest.Name} is under way, or an earlier one left it.")
                {
                    Expected = guest.Toolstack == ToolstackKind.Xend
                        ? $"no {CopyNames.MigratingPrefix}{guest.Name}"
                        : $"no {guest.Name}{CopyNames.IncomingSuffix} or {guest.Name}{CopyNames.MigratedAwaySuffix}",
                    Actual = leftover.Name,
                    // Whoever destroyed it by hand might destroy a move under way.
                    Remediation = $"Repair-GuestMigration {PowerShellText.Quote(guest.Name)} -ComputerName {pair.Source.Host} -Destination {pair.Destination.Host}: it tells who moves the guest, or settles what is left.",
                    Evidence = guests.Evidence,
                    ErrorId = leftover.State is GuestState.Incoming or GuestState.Migrating ? "GuestBusy" : null,
                };
            }
        }

        return Passed($"Neither host has a leftover of {guest.Name}.", pair.Destination.Guests.Evidence);
    }

    private static bool IsLeftover(Guest there, Guest guest) =>
        there.Name == guest.Name + CopyNames.IncomingSuffix
        || there.Name == guest.Name + CopyNames.MigratedAwaySuffix
        || there.Name == CopyNames.MigratingPrefix + guest.Name;
}
