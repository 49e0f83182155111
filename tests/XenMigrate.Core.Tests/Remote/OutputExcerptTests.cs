namespace XenMigrate.Tests;

public class OutputExcerptTests
{
    [Theory]
    [InlineData("plain text\nand\ttabs", "plain text\nand\ttabs")]
    [InlineData("ä€😀", "ä€😀")]
    [InlineData("a\r\nb\0", "a\\r\nb\\0")]
    [InlineData("\u001b[31mred\u009b", "\\u001b[31mred\\u009b")]
    [InlineData("a\u202eb\u2028c\ufeff", "a\\u202eb\\u2028c\\ufeff")]
    [InlineData("", "")]
    public void What_can_not_be_seen_is_made_visible(string text, string expected) =>
        Assert.Equal(expected, OutputExcerpt.Of(text));

    [Fact]
    public void A_long_text_is_cut_and_says_how_much_is_missing()
    {
        string excerpt = OutputExcerpt.Of(new string('x', 5_000_000));

        Assert.Equal(new string('x', 960) + " … (4999040 characters more)", excerpt);
    }

    [Fact]
    public void No_excerpt_is_longer_than_allowed_and_none_holds_a_control_character() =>
        Gen.Select(Gen.String[0, 600], Gen.OneOf("\u001b", "x", "😀", "\0", "\ud800"), Gen.Int[0, 1200], Gen.Int[100, 1000])
            .Sample((text, often, times, most) =>
            {
                string excerpt = OutputExcerpt.Of(text + string.Concat(Enumerable.Repeat(often, times)), most);

                Assert.True(excerpt.Length <= most);
                Assert.DoesNotContain(excerpt, c => char.IsControl(c) && c is not ('\n' or '\t'));
                Assert.Equal(excerpt, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(excerpt)));
            });

    [Fact]
    public void An_output_that_is_not_understood_is_told_by_its_beginning()
    {
        OutputNotUnderstoodException e = new(new("xl", "list"), "no row: " + new string('y', 100_000), "\u001b[2J" + new string('x', 100_000));

        Assert.InRange(e.Message.Length, 100, 400);
        Assert.InRange(e.Output.Length, 900, 1000);
        Assert.StartsWith("\\u001b[2Jxx", e.Output, StringComparison.Ordinal);
        Assert.Contains("xl list", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_failed_command_said_is_told_by_its_beginning() => Assert.InRange(
        new RemoteCommandFailedException("a", new("cat"), new CommandResult(1, "", new string('x', 100_000))).Message.Length, 900, 1100);
}
