namespace XenMigrate.Lifecycle;

/// <summary>What an image tells of itself, by the format of the toolstack whose tools wrote it.</summary>
internal static class ImageQuestion
{
    /// <exception cref="SavedGuestCorruptException">It is none, or not whole.</exception>
    public static Question<GuestImage> Of(ToolstackKind writer, string host, string path) =>
        writer == ToolstackKind.Xend ? XendImage.Question(host, path) : LibxlImage.Question(host, path);
}
