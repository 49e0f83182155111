using CsCheck;
using XenMigrate.Shell.Editing;

namespace XenMigrate.Shell.Tests.Editing;

public class LineBufferTests
{
    private static readonly Action<LineBuffer>[] s_edits =
    [
        b => b.Left(), b => b.Right(), b => b.WordLeft(), b => b.WordRight(), b => b.LineStart(), b => b.LineEnd(),
        b => b.DeleteLeft(), b => b.Delete(), b => b.DeleteWordLeft(), b => b.DeleteWordRight(), b => b.DeleteToLineStart(),
        b => b.DeleteToLineEnd(), b => b.Up(), b => b.Down(), b => b.Insert("a"), b => b.Insert(" "), b => b.Insert("\n"),
        b => b.Insert("é"), b => b.Insert("👩‍🚀"), b => b.Insert("移"),
    ];

    [Fact]
    public void Text_is_inserted_where_the_cursor_is()
    {
        LineBuffer buffer = new();
        buffer.Set("Get-st");
        buffer.Left();
        buffer.Left();

        buffer.Insert("Gue");

        Assert.Equal("Get-Guest", buffer.Text);
        Assert.Equal(7, buffer.Cursor);
    }

    [Fact]
    public void A_character_of_several_code_points_is_one_step()
    {
        LineBuffer buffer = new();
        buffer.Set("x👩‍🚀");

        buffer.DeleteLeft();

        Assert.Equal("x", buffer.Text);
    }

    [Fact]
    public void A_word_is_deleted_with_the_blanks_behind_it()
    {
        LineBuffer buffer = new();
        buffer.Set("Move-Guest testvm1 ");

        buffer.DeleteWordLeft();

        Assert.Equal("Move-Guest ", buffer.Text);
    }

    [Fact]
    public void Up_keeps_the_column_and_says_when_there_is_no_line_above()
    {
        LineBuffer buffer = new();
        buffer.Set("first\nsecond");

        Assert.True(buffer.Up());
        Assert.Equal(5, buffer.Cursor);
        Assert.False(buffer.Up());
    }

    [Fact]
    public void Down_goes_no_further_than_the_end_of_a_shorter_line()
    {
        LineBuffer buffer = new();
        buffer.Set("a long one\nb");
        _ = buffer.Up();
        buffer.LineEnd();

        Assert.True(buffer.Down());
        Assert.Equal(buffer.Text.Length, buffer.Cursor);
        Assert.False(buffer.Down());
    }

    [Fact]
    public void Ctrl_K_and_Ctrl_U_stay_within_their_line()
    {
        LineBuffer buffer = new();
        buffer.Set("one\ntwo");
        buffer.WordLeft();

        buffer.DeleteToLineEnd();

        Assert.Equal("one\n", buffer.Text);
        _ = buffer.Up();
        buffer.LineEnd();
        buffer.DeleteToLineStart();
        Assert.Equal("\n", buffer.Text);
    }

    [Fact]
    public void The_cursor_stays_in_the_text_whatever_is_done() => Gen.Int[0, s_edits.Length - 1].Array[0, 60].Sample(steps =>
    {
        LineBuffer buffer = new();
        foreach (int step in steps)
        {
            s_edits[step](buffer);
            Assert.InRange(buffer.Cursor, 0, buffer.Text.Length);
            Assert.False(buffer.Cursor < buffer.Text.Length && char.IsLowSurrogate(buffer.Text[buffer.Cursor]));
        }
    });
}
