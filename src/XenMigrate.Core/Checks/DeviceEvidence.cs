namespace XenMigrate.Checks;

/// <summary>What two block devices of one path have in common.</summary>
internal static class DeviceEvidence
{
    private const string Multipath = "mpath-";

    private static readonly string[] s_layers = [BlockIdentities.Mapping, BlockIdentities.Partition, BlockIdentities.Array];

    // What holds a uuid of its own; the name that a host gave to a LUKS mapping stands behind it.
    private static readonly Regex s_unique = new("^(?:LVM-.+|CRYPT-LUKS[0-9]-[0-9a-f]{32})", RegexOptions.CultureInvariant);

    /// <summary>
    /// Equal only if every disk has a name that was given once in the world, and what lies between is the same too: two
    /// volumes may lie on one disk.
    /// </summary>
    public static Likeness Disks(TwoSights sights)
    {
        if (!sights.AreDevices || DisksOf(sights.Here) is not { } here || DisksOf(sights.There) is not { } there)
        {
            return Likeness.Unknown;
        }

        return !here.Overlaps(there) ? Likeness.Different
            : here.SetEquals(there) && LayersOf(sights.Here).SetEquals(LayersOf(sights.There)) ? Likeness.Equal
            : Likeness.Unknown;
    }

    /// <summary>It lies on the disk, so that a copy of the disk has it too.</summary>
    public static Likeness Mapping(TwoSights sights) => Compare(sights, OwnMapping(sights.Here), OwnMapping(sights.There));

    /// <summary>Compares the first of a kind, which is of the device itself.</summary>
    public static Likeness Values(TwoSights sights, string kind) =>
        Compare(sights, Of(sights.Here, kind).FirstOrDefault(), Of(sights.There, kind).FirstOrDefault());

    private static Likeness Compare(TwoSights sights, string? here, string? there) =>
        !sights.AreDevices || here is null || there is null ? Likeness.Unknown
            : here == there ? Likeness.Equal
            : Likeness.Different;

    /// <summary>The uuid of the mapping that the device itself is; null if it is none, or one without a uuid.</summary>
    private static string? OwnMapping(Sight sight) =>
        sight.File.Identities.FirstOrDefault(identity => BlockIdentities.Kind(identity) == BlockIdentities.Disk || s_layers.Contains(BlockIdentities.Kind(identity)))
            is { } top && BlockIdentities.Kind(top) == BlockIdentities.Mapping && s_unique.Match(BlockIdentities.Value(top)) is { Success: true } match
                ? match.Value
                : null;

    /// <summary>The names of all disks below; null if one of them has none that is its own.</summary>
    private static HashSet<string>? DisksOf(Sight sight)
    {
        string[] below = [.. Of(sight, BlockIdentities.Disk)];
        // What maps several paths to one disk has its name; what lies on top of a disk may be only a part of it.
        string[] own =
        [
            .. Of(sight, BlockIdentities.Mapping).Where(IsMultipath),
            .. LayersOf(sight).Count == 0 ? Of(sight, BlockIdentities.Wwn) : [],
        ];
        string?[] names = [.. (below.Length > 0 && below.All(name => WorldWideName.Of(name) is not null) ? below : own).Select(WorldWideName.Of)];
        return names.Length > 0 && names.All(name => name is not null) ? [.. names.OfType<string>()] : null;
    }

    private static HashSet<string> LayersOf(Sight sight) =>
    [
        .. sight.File.Identities.Where(identity => s_layers.Contains(BlockIdentities.Kind(identity)) && !IsMultipath(BlockIdentities.Value(identity)))
            .Select(identity => s_unique.Match(BlockIdentities.Value(identity)) is { Success: true } match ? match.Value : identity),
    ];

    private static bool IsMultipath(string mapping) => mapping.StartsWith(Multipath, StringComparison.Ordinal);

    private static IEnumerable<string> Of(Sight sight, string kind) => sight.File.Identities
        .Where(identity => BlockIdentities.Kind(identity) == kind)
        .Select(BlockIdentities.Value);
}
