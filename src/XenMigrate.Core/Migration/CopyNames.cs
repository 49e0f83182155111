using System;
using XenMigrate.Guests;
using XenMigrate.Toolstacks.Xend;
using XenMigrate.Toolstacks.Xl;

namespace XenMigrate.Migration;

/// <summary>The names that toolstacks give to copies of a guest while it moves.</summary>
internal static class CopyNames
{
    /// <summary>The guest's own name, which a copy has to have in the end.</summary>
    public static string OwnName(this Guest copy) => copy.State switch
    {
        GuestState.Incoming => WithoutEnd(copy.Name, XlGuests.IncomingSuffix),
        GuestState.MigratedAway => WithoutEnd(copy.Name, XlGuests.MigratedAwaySuffix),
        GuestState.Migrating => copy.Name.Substring(XmGuests.MigratingPrefix.Length),
        _ => copy.Name,
    };

    // xend gives a guest that comes in no other name.
    private static string WithoutEnd(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - suffix.Length) : name;
}
