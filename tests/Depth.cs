namespace XenMigrate.Tests;

/// <summary>How often a test is made that tries the same again with other values: all of it on CI, a part of it elsewhere.</summary>
internal static class Depth
{
    private static readonly bool s_all = Environment.GetEnvironmentVariable("CI") is not (null or "" or "false");

    /// <summary>How often here. The values follow from seeds, so that the part is always the same, and CI's beginning.</summary>
    public static int Of(int onCI, int elsewhere) => s_all ? onCI : elsewhere;
}
