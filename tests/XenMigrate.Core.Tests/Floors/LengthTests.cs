namespace XenMigrate.Tests.Floors;

/// <summary>A reader finds any behaviour in one small file, and takes a method in at one look.</summary>
public class LengthTests
{
    private const int LongestFile = 250;
    private const int LongestMethod = 60;

    private static readonly Dictionary<string, string[]> s_files =
        Source.Files.ToDictionary(path => Path.GetRelativePath(Source.Folder, path), File.ReadAllLines);

    [Fact]
    public void No_file_has_more_than_250_lines()
    {
        Assert.True(s_files.Count > 500, $"Only {s_files.Count} files were found.");
        Assert.Empty(s_files.Where(file => file.Value.Length > LongestFile).Select(file => $"{file.Key}: {file.Value.Length}"));
    }

    [Fact]
    public void No_method_has_more_than_60_lines()
    {
        (string File, string Head, int Lines)[] methods =
            [.. s_files.SelectMany(file => MethodLengths.In(file.Value).Select(method => (file.Key, method.Head, method.Lines)))];

        Assert.True(methods.Length > 3000, $"Only {methods.Length} methods were found.");
        Assert.Empty(methods.Where(method => method.Lines > LongestMethod).Select(method => $"{method.File}: {method.Head}: {method.Lines}"));
    }

    [Fact]
    public void A_method_is_counted_from_its_head_to_its_end()
    {
        string[] source =
        [
            "internal class A",
            "{",
            "    private const string B = \"(\";",
            "",
            "    private class C",
            "    {",
            "        // Says something.",
            "        public int D() =>",
            "            1;",
            "    }",
            "",
            "    /// <summary>Does nothing.</summary>",
            "    private void E<T>()",
            "        where T : class",
            "    {",
            "    }",
            "",
            "    [Obsolete]",
            "    private void F() { }",
            "}",
        ];

        Assert.Equal([("public int D() =>", 2), ("private void E<T>()", 4), ("private void F() { }", 1)], MethodLengths.In(source));
    }
}
