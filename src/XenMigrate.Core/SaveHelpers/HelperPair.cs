namespace XenMigrate.SaveHelpers;

/// <summary>The save helpers of a move.</summary>
/// <param name="Source">The program that sends, on the source.</param>
/// <param name="Destination">The one that receives, on the destination; null for Xen's own, to which the source's sends as Xen's would.</param>
internal sealed record HelperPair(string Source, string? Destination);
