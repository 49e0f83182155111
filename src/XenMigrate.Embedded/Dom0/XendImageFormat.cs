namespace XenMigrate.Embedded.Dom0;

/// <summary>
/// xend's image: "LinuxGuestRecord", the length of the configuration (big-endian), the configuration, and libxc's old
/// stream of a 64-bit paravirtual guest on a 64-bit host.
/// </summary>
internal static class XendImageFormat
{
    public const int WordSize = 8;
    public const int MostPagesInBatch = 1024;
    public const int ContextSize = 0x1430;
    public const int FramesPerPage = 512;
    public const int MostConfigurationBytes = 1 << 20;

    /// <summary>Begins the part of the shared-info page that no guest uses: a checksum of the memory follows.</summary>
    /// <remarks>The format has none of its own, so that what another tool wrote has none either.</remarks>
    public const int ChecksumOffset = 2048;

    public static byte[] Magic { get; } = Encoding.ASCII.GetBytes("LinuxGuestRecord");

    public static byte[] ChecksumMark { get; } = Encoding.ASCII.GetBytes("XMIGXXH3");

    public static byte[] ContextBlock { get; } = Encoding.ASCII.GetBytes("vcpu");
}
