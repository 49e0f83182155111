namespace XenMigrate.Tests.Floors;

/// <summary>The folders of a project stand on one another, so that a reader of one needs to know only those below it.</summary>
public class FloorsTests
{
    /// <summary>From the ground up: a file uses what lies in its own folder and in those before it, and nothing of those behind it.</summary>
    private static readonly Dictionary<string, string[]> s_fromTheGroundUp = new()
    {
        ["XenMigrate.Core"] =
        [
            "Compat",
            "Text",
            "Failures",
            "Remote",
            "PreCopy",
            "Guests",
            "Guards",
            "Transfers",
            "Toolstacks",
            "Toolstacks/Xl",
            "Toolstacks/Libvirt",
            "Toolstacks/Xend/Sxp",
            "Toolstacks/Xend",
            "Hosts",
            "SaveHelpers",
            "Downtime",
            "Facts",
            "Checks",
            "Lifecycle",
            "Relocation",
            "Moves",
            "Journal",
            "Reports",
            "Fleet",
            "Fleet/Forecasts",
            "Fleet/Window",
            "Fleet/Placement",
            "Fleet/Sequencing",
            "Fleet/Planning",
            "Fleet/Batches",
            "Repair",
            "Repair/Moves",
            "Maintenance",
        ],
        ["XenMigrate.Embedded"] =
        [
            "Network",
            "Storage",
            "Guests",
            "PreCopy",
            "Dom0",
            "Commands",
            "Pair",
        ],
    };

    private static readonly Dictionary<string, SourceArrows> s_arrows = s_fromTheGroundUp.Keys.ToDictionary(project => project, SourceArrows.Of);

    [Theory]
    [InlineData("XenMigrate.Core")]
    [InlineData("XenMigrate.Embedded")]
    public void Every_folder_has_its_floor(string project) =>
        Assert.Equal(s_fromTheGroundUp[project].Order(), s_arrows[project].Files.Select(file => file.Folder).Distinct().Order());

    [Theory]
    [InlineData("XenMigrate.Core", 1000)]
    [InlineData("XenMigrate.Embedded", 250)]
    public void No_folder_uses_one_above_it(string project, int least)
    {
        IReadOnlyList<(SourceFile From, SourceFile To, string Names)> arrows = s_arrows[project].Arrows;
        string[] up = [.. arrows.Where(arrow => Floor(arrow.From) < Floor(arrow.To)).Select(arrow => $"{arrow.From} uses {arrow.To}: {arrow.Names}")];

        Assert.True(arrows.Count > least, $"Only {arrows.Count} arrows were found.");
        Assert.True(up.Length == 0, $"{up.Length} of {arrows.Count} arrows go up:\n{string.Join("\n", up)}");

        int Floor(SourceFile file) => Array.IndexOf(s_fromTheGroundUp[project], file.Folder);
    }

    [Theory]
    [InlineData("XenMigrate.Core")]
    [InlineData("XenMigrate.Embedded")]
    public void No_more_than_three_files_go_round_in_a_circle(string project) => Assert.Empty(
        s_arrows[project].Circles().Where(circle => circle.Count > 3).Select(circle => string.Join(", ", circle)));

    [Fact]
    public void What_a_script_can_name_lies_in_one_namespace() => Assert.All(
        typeof(Guest).Assembly.GetExportedTypes().Where(type => !type.IsNested), type => Assert.Equal("XenMigrate", type.Namespace));
}
