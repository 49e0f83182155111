namespace XenMigrate.Tests;

public class SxpEditorTests
{
    private const string Example =
        """
        # -*- sh -*-
        #(xend-relocation-server no)
        (xend-relocation-server   yes)  # at home
        #  (xend-relocation-port 9)
        #(xend-relocation-port 8002)
        # Listen where:
        #(xend-relocation-address '')
        (xend-relocation-hosts-allow "^localhost$ ^localhost\\.localdomain$")
        (other (xend-relocation-ssl yes))

        """;

    [Theory]
    [InlineData("xend-relocation-server", "no", "(xend-relocation-server   yes)", "(xend-relocation-server   no)")]
    [InlineData("xend-relocation-port", "8003", "#(xend-relocation-port 8002)", "(xend-relocation-port 8003)")]
    [InlineData("xend-relocation-port", "8002", "#(xend-relocation-port 8002)", "(xend-relocation-port 8002)")]
    [InlineData("xend-relocation-address", "10.0.0.1", "#(xend-relocation-address '')", "(xend-relocation-address '10.0.0.1')")]
    [InlineData("xend-relocation-hosts-allow", @"^a\.b$ ^""$", @"""^localhost$ ^localhost\\.localdomain$""", @"""^a\\.b$ ^\""$""")]
    [InlineData("xend-relocation-ssl", "no", "yes))\n", "yes))\n(xend-relocation-ssl no)\n")]
    public void Only_the_elements_own_characters_change(string name, string value, string before, string after) =>
        Assert.Equal(Example.Replace(before, after), SxpEditor.Set(Example, name, value).Text);

    [Fact]
    public void A_value_that_is_there_is_left_alone()
    {
        SxpEdit edit = SxpEditor.Set(Example, "xend-relocation-server", "yes");

        Assert.Equal((SxpEditKind.None, Example, 3), (edit.Kind, edit.Text, edit.Line));
    }

    [Fact]
    public void What_is_planned_can_be_told()
    {
        SxpEdit changed = SxpEditor.Set(Example, "xend-relocation-server", "no");
        SxpEdit uncommented = SxpEditor.Set(Example, "xend-relocation-port", "8003");
        SxpEdit added = SxpEditor.Set(Example, "xend-relocation-ssl", "no");

        Assert.Equal(
            (SxpEditKind.Replaced, 3, "(xend-relocation-server   yes)  # at home", "(xend-relocation-server   no)  # at home"),
            (changed.Kind, changed.Line, changed.Before, changed.After));
        Assert.Equal(
            (SxpEditKind.Uncommented, 5, "#(xend-relocation-port 8002)", "(xend-relocation-port 8003)"),
            (uncommented.Kind, uncommented.Line, uncommented.Before, uncommented.After));
        Assert.Equal(
            (SxpEditKind.Appended, 10, null, "(xend-relocation-ssl no)"), (added.Kind, added.Line, added.Before, added.After));
    }

    [Theory]
    [InlineData("", "(a b)\n")]
    [InlineData("# no end", "# no end\n(a b)\n")]
    [InlineData("(c d)\r\n", "(c d)\r\n(a b)\r\n")]
    [InlineData("x\r\n# y", "x\r\n# y\r\n(a b)\r\n")]
    [InlineData("x\u0004 (a c)", "x\n(a b)\n\u0004 (a c)")]
    [InlineData("(a)", "(a b)")]
    [InlineData("(a # c\n)", "(a # c\nb)")]
    [InlineData("(a (@ (id 1)) c d)", "(a (@ (id 1)) b d)")]
    [InlineData("(a(1 2)'c')", "(a b 'c')")]
    [InlineData("(a c#d\n)", "(a b#d\n)")]
    [InlineData("(a c) (a d)", "(a b) (a d)")]
    [InlineData("'\n#(a c)\n'", "'\n#(a c)\n'\n(a b)\n")]
    [InlineData("(x\n#(a c)\n)", "(x\n#(a c)\n)\n(a b)\n")]
    [InlineData("#(a c) (d e)\n", "#(a c) (d e)\n(a b)\n")]
    [InlineData("#(a c\n", "#(a c\n(a b)\n")]
    [InlineData("#(ab c)\n", "#(ab c)\n(a b)\n")]
    [InlineData("x #(a c)\n", "x #(a c)\n(a b)\n")]
    [InlineData("\t#(a 'c')# d\r\n", "\t(a 'b')# d\r\n")]
    [InlineData("# \u00e9\u00ff\n(a '\u00e9')\n", "# \u00e9\u00ff\n(a 'b')\n")]
    public void Odd_texts_stay_what_they_are(string text, string expected) =>
        Assert.Equal(expected, SxpEditor.Set(text, "a", "b").Text);

    [Fact]
    public void What_a_single_backslash_spoilt_is_written_anew() => Assert.Equal(
        @"(a '^x\\y$')", SxpEditor.Set(@"(a '^x\.y$')", "a", @"^x\y$").Text);

    [Fact]
    public void A_comment_that_would_not_set_it_stays_one()
    {
        SxpEdit edit = SxpEditor.Set("#(a[+(a b))", "a", "'");

        Assert.Equal(SxpEditKind.Appended, edit.Kind);
        Assert.StartsWith("#(a[+(a b))\n(a ", edit.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a b")]
    [InlineData(")")]
    [InlineData("\u00e9")]
    public void What_xend_does_not_read_is_not_edited(string text) =>
        Assert.Throws<SxpException>(() => SxpEditor.Set(text, "a", "b"));

    [Fact]
    public void Any_text_means_the_same_but_for_the_element()
    {
        Gen<string> pieces = Gen.OneOf(
            Gen.OneOf(
                "(", ")", "'", "\"", "\\", "#", "\n", "\r\n", " ", "\u0004", "(a b)", "(a", "#(a c)\n", "#(a 'c')", "\n#(a c)\n",
                "(a (@ x) y)", "a", "@", "{", "\u00e9", "(b 'x\ny')", "# c\n"),
            Gen.String[0, 3].Where(text => text.All(c => c <= '\u00ff')));
        Gen<string> values = Gen.OneOf(
            Gen.OneOf("yes", "", "^a\\.b$ ^c$", "'", "\"'"), Gen.String[0, 5].Where(text => text.All(c => c <= '\u00ff')));

        Gen.Select(pieces.Array[0, 12].Select(parts => string.Concat(parts)), values).Sample(
            (text, value) =>
            {
                IReadOnlyList<SxpValue> before;
                try
                {
                    before = SxpReader.Read(text);
                }
                catch (SxpException)
                {
                    Assert.Throws<SxpException>(() => SxpEditor.Set(text, "a", value));
                    return;
                }

                SxpEdit edit = SxpEditor.Set(text, "a", value);

                IReadOnlyList<SxpValue> after = SxpReader.Read(edit.Text);
                Assert.Equal(value, new SxpList([new SxpAtom("x"), .. after]).Text("a"));
                Assert.Equal(WithoutFirst(before), WithoutFirst(after));
                // And a second time there is nothing to do.
                Assert.Equal(SxpEditKind.None, SxpEditor.Set(edit.Text, "a", value).Kind);
            },
            iter: Depth.Of(onCI: 100_000, elsewhere: 20_000));
    }

    [Fact]
    public void All_characters_but_the_elements_own_survive()
    {
        Gen<string> comments = Gen.String[0, 20].Where(text => text.All(c => c is <= '\u00ff' and not '\n' and not '\u0004'));

        Gen.Select(comments, comments, Gen.Bool).Sample((first, second, crlf) =>
        {
            string end = crlf ? "\r\n" : "\n";
            string text = $"#{first}{end}(a 'old') #{second}{end}(b c){end}";

            Assert.Equal(text.Replace("(a 'old')", "(a 'new')"), SxpEditor.Set(text, "a", "new").Text);
        });
    }

    private static string WithoutFirst(IReadOnlyList<SxpValue> values)
    {
        SxpValue? first = values.OfType<SxpList>().FirstOrDefault(list => list.Name == "a");
        return string.Join(" ", values.Where(value => !ReferenceEquals(value, first)));
    }
}
