using System.Collections.Generic;
using System.Linq;
using XenMigrate.Guests;
using XenMigrate.Toolstacks.Xend;
using XenMigrate.Toolstacks.Xl;

namespace XenMigrate.Migration;

/// <summary>What one host holds of a guest that was moved, or why it could not be asked.</summary>
/// <param name="Host">The host.</param>
/// <param name="Problem">Why it could not be asked; null if it was.</param>
/// <param name="Own">The guest under its own name.</param>
/// <param name="Incoming">The half-made copy, NAME--incoming.</param>
/// <param name="MigratedAway">What was given away, NAME--migratedaway; with xend what is being given away, migrating-NAME.</param>
internal sealed record HostView(string Host, string? Problem, Guest? Own, Guest? Incoming, Guest? MigratedAway)
{
    public bool Answered => Problem is null;

    public bool IsEmpty => Own is null && Incoming is null && MigratedAway is null;

    public IEnumerable<Guest> Copies => new[] { Own, Incoming, MigratedAway }.OfType<Guest>();

    public static HostView Silent(string host, string problem) => new(host, problem, null, null, null);

    public static HostView Of(string host, IReadOnlyList<Guest> guests, Guest moved)
    {
        return new HostView(
            host,
            null,
            Find(moved.Name),
            Find(moved.Name + XlGuests.IncomingSuffix),
            Find(moved.Name + XlGuests.MigratedAwaySuffix) ?? Find(XmGuests.MigratingPrefix + moved.Name));

        // A guest of the same name and another uuid is somebody else. A uuid that isn't known proves nothing. What xend
        // goes on managing of a guest that is not there any more has no domain id, and is no copy.
        Guest? Find(string name) => guests.FirstOrDefault(guest => guest.Id is not null
            && (guest.Uuid is null || moved.Uuid is null
                ? guest.Name == name
                // xl's table loses spaces at a name's end.
                : guest.Uuid == moved.Uuid && (guest.Name == name || guest.Name == name.TrimEnd())));
    }

    public override string ToString() => Problem is not null
        ? $"{Host} could not be asked ({Problem})"
        : IsEmpty
            ? $"{Host} has nothing of it"
            : $"{Host} has " + string.Join(
                ", ",
                Copies.Select(guest => $"{guest.Name} (id {guest.Id}, {guest.Activity})"));
}
