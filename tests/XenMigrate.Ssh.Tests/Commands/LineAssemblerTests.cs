namespace XenMigrate.Ssh.Tests;

public class LineAssemblerTests
{
    [Theory]
    [InlineData("a\nb\n", "a", "b")]
    [InlineData("a\r\nb", "a", "b")]
    [InlineData("10%\r20%\r\n", "10%", "20%")]
    [InlineData("\n\n\r\r\n", "", "", "", "")]
    [InlineData("")]
    public void Newline_return_and_both_end_a_line(string text, params string[] expected) =>
        Assert.Equal(expected, Assemble(Encoding.UTF8.GetBytes(text), 1).Lines);

    [Fact]
    public void Any_cut_of_the_bytes_gives_the_same_lines_and_the_whole_text() =>
        Gen.Select(Gen.OneOf(Gen.Const("\n"), Gen.Const("\r"), Gen.Const("ä€😀"), Gen.String).Array, Gen.Int[1, 9])
            .Sample((parts, size) =>
            {
                // A lone surrogate has no UTF-8: let the encoder have replaced it first.
                byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(parts));
                (string text, List<string> lines) = Assemble(bytes, size);
                Assert.Equal(Encoding.UTF8.GetString(bytes), text);
                Assert.Equal(Assemble(bytes, bytes.Length + 1).Lines, lines);
            });

    [Fact]
    public void Bytes_that_are_no_text_become_replacement_characters() =>
        Assert.Equal("a\uFFFDb", Assemble([(byte)'a', 0xFF, (byte)'b'], 1).Text);

    [Fact]
    public void A_line_without_end_is_told_once_and_cut()
    {
        (string text, List<string> lines) = Assemble([.. Enumerable.Repeat((byte)'x', 300_000), (byte)'\n', (byte)'y'], 4096);

        Assert.Equal([new string('x', OutputLimits.Line), "y"], lines);
        Assert.Equal(300_002, text.Length);
    }

    private static (string Text, List<string> Lines) Assemble(byte[] bytes, int size)
    {
        List<string> lines = [];
        LineAssembler assembler = new(lines.Add, new KeptText(int.MaxValue));
        foreach (byte[] chunk in bytes.Chunk(size))
        {
            assembler.Add(chunk, chunk.Length);
        }

        assembler.End();
        return (assembler.Text, lines);
    }
}
