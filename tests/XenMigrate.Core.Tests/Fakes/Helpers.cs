namespace XenMigrate.Tests;

/// <summary>What a host prints of its save helpers.</summary>
internal static class Helpers
{
    public const string Digest = "0123456789ab";

    public const string Probe =
        """{"version":"0.1.0","xen":"4.17","usable":true,"why":null,"stock":"/usr/lib/stock","zstd":true}""";

    /// <summary>The module's own.</summary>
    public static HelperPackage Package { get; } = new("/module/helper", "0.1.0", Digest + new string('0', 52));

    /// <summary>Its path on every host.</summary>
    public static string Path { get; } = HelperFolder.Usual.ProgramOf(Package.Name!);

    /// <param name="daemon">What libvirt's daemon was given; null for nothing.</param>
    public static string Ready(string version = "0.1.0", string? daemon = null) =>
        $"""
        user: 0
        path: 0 700 directory|/var/lib/xenmigrate
        path: 0 700 directory|/var/lib/xenmigrate/helper

        """ + (daemon is null ? "" : $"daemon: {daemon}\n") + One(version);

    public static string One(string version = "0.1.0") =>
        $"""
        path: 0 700 directory|/var/lib/xenmigrate/helper/{version}-{Digest}
        path: 0 700 regular file|/var/lib/xenmigrate/helper/{version}-{Digest}/xenmigrate-save-helper
        sum: {Package.Sha256}  -
        {Probe}

        """;
}
