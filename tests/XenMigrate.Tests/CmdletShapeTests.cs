using System.Reflection;

namespace XenMigrate.Tests;

/// <summary>Whoever opens a cmdlet reads its parameters and what it does with them, and no ladder of ancestors.</summary>
public sealed class CmdletShapeTests
{
    private const int Deepest = 4;
    private const int LongestFile = 120;

    private static readonly Type[] s_cmdlets = [.. typeof(MoveGuestCommand).Assembly.GetTypes().Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null)];

    private static readonly string s_source = Path.Combine(
        typeof(CmdletShapeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Source").Value!, "XenMigrate");

    [Fact]
    public void No_cmdlet_is_more_than_four_steps_from_PSCmdlet() =>
        Assert.Empty(s_cmdlets.Where(cmdlet => Depth(cmdlet) > Deepest).Select(cmdlet => $"{cmdlet.Name}: {Depth(cmdlet)}"));

    [Fact]
    public void No_file_of_a_cmdlet_has_more_than_120_lines()
    {
        string[] files = Directory.GetFiles(Path.Combine(s_source, "Commands"), "*.cs");

        Assert.True(files.Length >= s_cmdlets.Length, $"Only {files.Length} files were found.");
        Assert.Empty(files.Where(file => File.ReadLines(file).Count() > LongestFile).Select(file => $"{Path.GetFileName(file)}: {File.ReadLines(file).Count()}"));
    }

    private static int Depth(Type? type) => type is null || type == typeof(PSCmdlet) ? 0 : 1 + Depth(type.BaseType);
}
