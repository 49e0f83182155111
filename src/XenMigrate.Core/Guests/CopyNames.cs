namespace XenMigrate.Guests;

/// <summary>The names that toolstacks give to copies of a guest while it moves.</summary>
internal static class CopyNames
{
    /// <summary>What xl puts behind the name of the copy that comes in.</summary>
    public const string IncomingSuffix = "--incoming";

    /// <summary>What xl puts behind the name of the copy that has gone.</summary>
    public const string MigratedAwaySuffix = "--migratedaway";

    /// <summary>What xend puts before the name of a guest that it moves away.</summary>
    public const string MigratingPrefix = "migrating-";

    /// <summary>The guest's own name, which a copy has to have in the end.</summary>
    public static string OwnName(this Guest copy) => copy.State switch
    {
        GuestState.Incoming => WithoutEnd(copy.Name, CopyNames.IncomingSuffix),
        GuestState.MigratedAway => WithoutEnd(copy.Name, CopyNames.MigratedAwaySuffix),
        GuestState.Migrating => copy.Name.Substring(CopyNames.MigratingPrefix.Length),
        _ => copy.Name,
    };

    // xend gives a guest that comes in no other name.
    private static string WithoutEnd(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - suffix.Length) : name;
}
