namespace XenMigrate.Tests;

public class SxpReaderTests
{
    [Fact]
    public void Lists_nest_and_positions_are_kept()
    {
        const string text = " (a (b 'c d') e)";

        SxpList list = Assert.Single(SxpReader.ReadLists(text));

        Assert.Equal("(a (b 'c d') e)", text[list.Start..list.End]);
        SxpAtom inner = Assert.IsType<SxpAtom>(list.Value("b"));
        Assert.Equal("'c d'", text[inner.Start..inner.End]);
        Assert.Equal("c d", inner.Text);
    }

    [Theory]
    [InlineData("a#b\nc", "a c")]
    [InlineData("# a\nb # c", "b")]
    [InlineData("'a # b'", "'a # b'")]
    [InlineData("a'b\"c", "\"a'b\\\"c\"")]
    [InlineData("a{b", "a '{b'")]
    [InlineData("''", "''")]
    [InlineData("a\vb\fc\rd", "a b c d")]
    [InlineData("a \u0004 b )", "a")]
    [InlineData("(a)b(c)", "(a) b (c)")]
    public void The_grammar_is_that_of_xend(string text, string expected) =>
        Assert.Equal(expected.Replace("\"a'b\\\"c\"", "'a\\'b\"c'"), string.Join(" ", SxpReader.Read(text)));

    [Theory]
    [InlineData(@"'\a\b\t\n\v\f\r\\\'\""'", "\a\b\t\n\v\f\r\\'\"")]
    [InlineData(@"'\101\7z'", "A\az")]
    [InlineData(@"'\x41'", "A")]
    [InlineData("'a\nb'", "a\nb")]
    public void Escapes_are_read(string text, string expected) =>
        Assert.Equal(expected, Assert.IsType<SxpAtom>(Assert.Single(SxpReader.Read(text))).Text);

    [Fact]
    public void Letters_of_a_hexadecimal_escape_count_from_0_as_in_xend() =>
        Assert.Equal("\u0055", Assert.IsType<SxpAtom>(Assert.Single(SxpReader.Read(@"'\xff'"))).Text);

    [Fact]
    public void A_single_backslash_loses_the_character_behind_it()
    {
        SxpAtom atom = Assert.IsType<SxpAtom>(Assert.Single(SxpReader.Read(@"'^foo\.bar$'")));

        Assert.Equal(@"^foo\bar$", atom.Text);
        Assert.True(atom.LostCharacters);
    }

    [Fact]
    public void A_doubled_backslash_loses_nothing()
    {
        SxpAtom atom = Assert.IsType<SxpAtom>(Assert.Single(SxpReader.Read(@"'^foo\\.bar$'")));

        Assert.Equal(@"^foo\.bar$", atom.Text);
        Assert.False(atom.LostCharacters);
    }

    [Theory]
    [InlineData("a\n b)", "syntax error: )", 2, 3)]
    [InlineData("(a\n (b", "unexpected EOF", 2, 2)]
    [InlineData("x 'abc", "unexpected EOF", 1, 3)]
    [InlineData("'abc\\", "unexpected EOF", 1, 1)]
    [InlineData("a\u0001", "invalid character 0x01", 1, 2)]
    [InlineData("\u00e9", "invalid character 0xe9", 1, 1)]
    [InlineData(@"'\777'", "out of range", 1, 5)]
    [InlineData(@"'\xg'", "invalid hex escape", 1, 4)]
    public void What_xend_refuses_is_refused_with_its_place(string text, string reason, int line, int column)
    {
        SxpException e = Assert.Throws<SxpException>(() => SxpReader.Read(text));

        Assert.Contains(reason, e.Message);
        Assert.Equal((line, column), (e.Line, e.Column));
    }

    [Fact]
    public void Depth_is_bounded() =>
        Assert.Throws<SxpException>(() => SxpReader.Read(new string('(', 1_000_000)));

    [Fact]
    public void Attributes_are_no_children()
    {
        SxpList list = Assert.Single(SxpReader.ReadLists("(a (@ (id 1)) b)"));

        Assert.Equal("b", Assert.IsType<SxpAtom>(Assert.Single(list.Children)).Text);
    }

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        Gen<string> pieces = Gen.OneOf(
            Gen.OneOf("(", ")", "'", "\"", "\\", "#", "\n", " ", "\u0004", "\\x4", "\\07", "a", "xend-relocation-server", "@", "{", "]"),
            Gen.String[0, 4]);

        pieces.Array[0, 24].Select(parts => string.Concat(parts)).Sample(
            text =>
            {
                try
                {
                    foreach (SxpValue value in SxpReader.Read(text))
                    {
                        Assert.InRange(value.Start, 0, value.End);
                        Assert.InRange(value.End, value.Start, text.Length);
                    }
                }
                catch (SxpException e)
                {
                    Assert.InRange(e.Line, 1, text.Length + 1);
                }
            },
            iter: Depth.Of(onCI: 100_000, elsewhere: 20_000));
    }

    [Fact]
    public void What_is_written_is_read_as_it_was()
    {
        Gen<SxpValue> atoms = Gen.String.Select(SxpValue (text) => new SxpAtom(text));
        Gen<SxpValue> lists = atoms.Array[0, 5].Select(SxpValue (items) => new SxpList(items));
        Gen<SxpValue> nested = Gen.OneOf(atoms, lists).Array[0, 5].Select(SxpValue (items) => new SxpList(items));

        nested.Sample(value => Assert.Equal(value, Assert.Single(SxpReader.Read(value.ToString()))));
    }
}
