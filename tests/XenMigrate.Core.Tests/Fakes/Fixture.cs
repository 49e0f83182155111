namespace XenMigrate.Tests;

/// <summary>Real output, captured on real hosts.</summary>
internal static class Fixture
{
    public static string Text(string name) => File.ReadAllText(PathOf(name));

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static string[] Lines(string name) => Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Lines that were captured with the second they arrived in.</summary>
    public static IReadOnlyList<(TimeSpan At, string Line)> TimedLines(string name) =>
    [
        .. Lines(name).Select(line => line.Split(' ', 2)).Select(words =>
            (TimeSpan.FromSeconds(double.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture)), words[1])),
    ];

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);
}
