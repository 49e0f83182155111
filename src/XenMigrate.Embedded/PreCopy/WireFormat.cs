namespace XenMigrate.Embedded.PreCopy;

/// <summary>
/// What goes over the wire, in one place. All numbers are little-endian.
/// <para>
/// First xend's dialogue, in lines: the source says "receive", the destination "(ready receive)". Then the source sends
/// <see cref="Preamble"/>, whose last letter is the version, and frames; the destination answers some of them with a line.
/// </para>
/// <code>
/// frame      u32 kind, u32 length of the body, u64 sequence, u64 XXH3 of those 16 bytes and the body; the body
/// kind       body                                                                            answer
/// 1 Begin    16 uuid, 16 token, u32 pages, u8 connections, u8 bit 0: leave it paused,        (ready memory)
///            32 registers, u16 + name, u32 + description, UTF-8
/// 2 Join     16 token; the only kind that may begin a further connection                     (ok joined)
/// 3 Pages    u32 entries n, u32 of them with data m, u32 round, u32 bit 0: guest is paused,  -
///            n × u32 page number, bit 31: it's all zeros, m × u64 XXH3 of each page;
///            after the frame m × 4096 bytes
/// 4 RoundEnd u32 round; on every connection                                                  (ok round N), on the first
/// 5 State    32 registers, u64 digest of the whole                                           (ok whole)
/// 6 Commit   -                                                                               (ok running), (ok beat SECONDS)
/// 7 Mark     -                                                                               (ok mark)
/// </code>
/// <para>
/// The sequence counts a connection's frames from 0, so nothing can be left out, replayed or reordered. A page comes once
/// a round. Its hash is taken before it is sent: if the guest writes to it meanwhile they differ, and the page is torn,
/// until it is sent again, as it will be since it's dirty; from a paused guest, or at the end, a torn page is an error.
/// The digest is the XXH3 of all pages' hashes, in order, and the registers.
/// </para>
/// <para>
/// A refusal is a line in xend's words, "(err (type T) (value 'text'))", and the end of the connection. Until Commit the
/// guest is the source's; if the connection ends earlier the destination forgets it. With Commit it is the destination's.
/// </para>
/// </summary>
internal static class WireFormat
{
    public const int HeaderSize = 24;
    public const int PagesHeadSize = 16;

    /// <summary>Pages in a batch, at most.</summary>
    public const int BatchPages = 1024;

    /// <summary>No body is longer.</summary>
    public const int LongestBody = 1024 * 1024;

    /// <summary>No line is longer, its end not counted.</summary>
    public const int LongestLine = 4096;

    public const uint ZeroPage = 0x8000_0000;

    public const uint GuestPaused = 1;

    public static byte[] Preamble => "XMPRECP1"u8.ToArray();
}

/// <summary>What a frame is.</summary>
internal enum WireFrameKind
{
    Begin = 1,
    Join,
    Pages,
    RoundEnd,
    State,
    Commit,
    Mark,
}
