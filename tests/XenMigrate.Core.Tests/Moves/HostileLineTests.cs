using System.Reflection;
using System.Text.RegularExpressions;

namespace XenMigrate.Tests;

/// <summary>Lines that are made to cost a pattern time: no cost here grows faster than the line.</summary>
public class HostileLineTests
{
    [Theory]
    [InlineData("cannot connect to 'libvirtsock")]
    [InlineData("libvirt")]
    [InlineData("VM name Domain already ")]
    [InlineData("Device 1 (vbd) could not be ")]
    [InlineData("No host key for ")]
    public void A_cause_is_looked_for_in_one_pass(string piece)
    {
        // Each of these took a backtracking pattern 10^12 steps and more: what goes back would not come back.
        string line = string.Concat(Enumerable.Repeat(piece, 65536 / piece.Length));

        Assert.Null(KnownFailures.In([line]));
        Assert.False(XmSave.WantsForce(new(1, string.Concat(Enumerable.Repeat("Save file:", 6000)), "")));
    }

    [Fact]
    public void A_text_is_found_in_order_only()
    {
        OrderedText text = new("cannot connect to '*libvirt*sock'|a*a", StringComparison.OrdinalIgnoreCase);

        Assert.True(text.IsIn("error: Cannot connect to '/run/libvirt/libvirt-sock': no"));
        Assert.False(text.IsIn("libvirt sock' cannot connect to '"));
        Assert.True(text.IsIn("aa"));
        Assert.False(text.IsIn("a"));
    }

    [Fact]
    public void Patterns_that_could_go_back_do_not()
    {
        if (typeof(LinePattern).GetField("Longest", BindingFlags.NonPublic | BindingFlags.Static) is not null)
        {
            // On netstandard2.0 they get no line that is long.
            Assert.False(new LinePattern("a.*a").Match(new string('a', 10_000)).Success);
            return;
        }

        Regex regex = (Regex)typeof(LinePattern).GetField("_regex", BindingFlags.NonPublic | BindingFlags.Instance)!
            .GetValue(new LinePattern("a.*a"))!;
        Assert.True(regex.Options.HasFlag(RegexOptions.NonBacktracking));
    }

    [Fact]
    public void A_name_that_looks_like_a_row_of_its_own_is_a_name()
    {
        const string Header = "Name                                        ID   Mem VCPUs\tState\tTime(s)\n";
        const string Name = "Domain-0   0   512   1   r-----   1.0 web";

        XlListRow row = Assert.Single(XlList.Parse(Header + Name + "   7   256   2   -b----   3.5\n"));

        Assert.Equal((Name, 7, 256L), (row.Name, row.Id, row.MemoryMB));
    }
}
