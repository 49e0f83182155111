namespace XenMigrate.Tests.Floors;

/// <summary>The folders of Core stand on one another, so that a reader of one needs to know only those below it.</summary>
public class FloorsTests
{
    /// <summary>From the ground up: a file uses what lies in its own folder and in those before it, and nothing of those behind it.</summary>
    private static readonly string[] s_fromTheGroundUp =
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
        "Fleet/Window",
        "Fleet/Placement",
        "Fleet/Planning",
        "Repair",
        "Repair/Moves",
        "Maintenance",
    ];

    private static readonly SourceArrows s_core = SourceArrows.Of("XenMigrate.Core");

    [Fact]
    public void Every_folder_has_its_floor() => Assert.Equal(s_fromTheGroundUp.Order(), s_core.Files.Select(file => file.Folder).Distinct().Order());

    [Fact]
    public void No_folder_uses_one_above_it()
    {
        string[] up =
        [
            .. s_core.Arrows.Where(arrow => Floor(arrow.From) < Floor(arrow.To))
                .Select(arrow => $"{arrow.From} uses {arrow.To}: {arrow.Names}"),
        ];

        Assert.True(s_core.Arrows.Count > 1000, $"Only {s_core.Arrows.Count} arrows were found.");
        Assert.True(up.Length == 0, $"{up.Length} of {s_core.Arrows.Count} arrows go up:\n{string.Join("\n", up)}");
    }

    [Fact]
    public void No_more_than_three_files_go_round_in_a_circle() => Assert.Empty(
        s_core.Circles().Where(circle => circle.Count > 3).Select(circle => string.Join(", ", circle)));

    [Fact]
    public void What_a_script_can_name_lies_in_one_namespace() => Assert.All(
        typeof(Guest).Assembly.GetExportedTypes().Where(type => !type.IsNested), type => Assert.Equal("XenMigrate", type.Namespace));

    private static int Floor(SourceFile file) => Array.IndexOf(s_fromTheGroundUp, file.Folder);
}
