namespace XenMigrate.Checks;

/// <summary>Whether a file system was mounted from the host itself: the same words mean another server on each host.</summary>
internal static class LoopbackSource
{
    // "localhost:/volume", "tcp://127.0.0.1:3334/pvfs2-fs", "mfs#localhost:9421", "[v2:[::1]:3300", "0@lo:/lfs" of lustre.
    private static readonly Regex s_loopback = new(
        @"(?:^|[/#@,:\[])(?:localhost\b|127\.\d+\.\d+\.\d+\b|::1\])|^0@lo:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static bool Is(string source) => s_loopback.IsMatch(source);
}
