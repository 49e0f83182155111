namespace XenMigrate.SaveHelpers;

/// <summary>Where helpers are on a host: ROOT/helper/VERSION-CHECKSUM/PROGRAM. All of it is for its owner alone.</summary>
internal sealed record HelperFolder(string Root)
{
    private static readonly Regex s_name = new(
        @"^(?<version>[0-9]+(\.[0-9]+){1,3})-(?<digest>[0-9a-f]{12})\z", RegexOptions.CultureInvariant);

    /// <summary>The folder on every host.</summary>
    public static HelperFolder Usual { get; } = new("/var/lib/xenmigrate");

    public string Helpers => $"{Root}/helper";

    public string Of(string name) => $"{Helpers}/{name}";

    public string ProgramOf(string name) => $"{Of(name)}/{HelperPackage.Program}";

    /// <summary>The version and the beginning of the checksum in a folder's name; null if it is none of ours.</summary>
    public static (string Version, string Digest)? Read(string name) => s_name.Match(name) is { Success: true } match
        ? (match.Groups["version"].Value, match.Groups["digest"].Value)
        : null;
}
