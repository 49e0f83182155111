namespace XenMigrate.Checks;

/// <summary>The tools find a name clash only after the whole copy, with the guest suspended.</summary>
internal sealed class NameFreeCheck()
    : GuestCheck("XM-NAM-01", "No guest of that name or uuid is at the destination", CheckCategory.Name, "NameCollision")
{
    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (pair.Destination.Guests.Value is not { } guests)
        {
            return Unknown(pair.Destination.Guests);
        }

        Guest? other = guests.FirstOrDefault(there => !IsOnlyManaged(there, guest)
            && (string.Equals(there.Name, guest.Name, StringComparison.Ordinal)
                || (guest.Uuid is not null && there.Uuid == guest.Uuid && there.State is not (GuestState.Incoming or GuestState.MigratedAway or GuestState.Migrating))));

        return other is null
            ? Passed($"{pair.Destination.Host} has no guest {guest.Name}.", pair.Destination.Guests.Evidence)
            : new Finding(
                CheckStatus.Failed,
                $"{pair.Destination.Host} already has a guest {other.Name} (id {other.Id}, uuid {other.Uuid}, {other.State}).")
            {
                Expected = $"no guest named {guest.Name} or with uuid {guest.Uuid}",
                Actual = $"{other.Name}, {other.State}",
                Remediation = guest.Uuid is not null && other.Uuid == guest.Uuid
                    ? "The same guest is on both hosts. Find out which copy is the right one before anything else."
                    : Remedy(pair.Destination.Host, other),
                Evidence = pair.Destination.Guests.Evidence,
            };
    }

    private static string Remedy(string host, Guest other) => other switch
    {
        { Toolstack: ToolstackKind.Libvirt, Id: null } => $"Rename or remove the definition on {host}: virsh domrename {new RemoteCommand(other.Name)} NEWNAME",
        // libvirt renames no guest that runs.
        { Toolstack: ToolstackKind.Libvirt } => $"Stop the one on {host}: virsh shutdown {other.Id}",
        _ => $"Rename or stop the one on {host}: {other.Toolstack.Tool()} rename {other.Id} NEWNAME",
    };

    /// <summary>What xend or libvirt goes on managing of this guest since it moved away has no domain id, and is where it belongs.</summary>
    private static bool IsOnlyManaged(Guest there, Guest guest) =>
        there.Id is null && guest.Uuid is not null && there.Uuid == guest.Uuid;
}
