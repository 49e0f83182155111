using System;
using System.Globalization;
using System.Linq;

namespace XenMigrate.Shell.Editing;

/// <summary>The text being edited, and where the cursor is in it.</summary>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = "";

    /// <summary>Never within a pair of surrogates, wherever a column of another line would put it.</summary>
    public int Cursor
    {
        get;
        private set => field = value > 0 && value < Text.Length && char.IsLowSurrogate(Text[value]) ? value - 1 : value;
    }

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string text) => Replace(Cursor, 0, text);

    /// <summary>Puts text in the place of other text, and the cursor behind it.</summary>
    public void Replace(int start, int length, string text) =>
        (Text, Cursor) = (Text[..start] + text + Text[(start + length)..], start + text.Length);

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    public void LineStart() => Cursor = StartOfLine(Cursor);

    public void LineEnd() => Cursor = EndOfLine(Cursor);

    public void WordLeft() => Cursor = WordBefore();

    public void WordRight() => Cursor = WordAfter();

    public void DeleteLeft() => Delete(Before(Cursor), Cursor);

    public void Delete() => Delete(Cursor, After(Cursor));

    public void DeleteWordLeft() => Delete(WordBefore(), Cursor);

    public void DeleteWordRight() => Delete(Cursor, WordAfter());

    public void DeleteToLineStart() => Delete(StartOfLine(Cursor), Cursor);

    public void DeleteToLineEnd() => Delete(Cursor, EndOfLine(Cursor));

    /// <summary>Whether there was a line above to go to.</summary>
    public bool Up()
    {
        int start = StartOfLine(Cursor);
        if (start == 0)
        {
            return false;
        }

        int above = StartOfLine(start - 1);
        Cursor = Math.Min(above + Cursor - start, start - 1);
        return true;
    }

    /// <summary>Whether there was a line below to go to.</summary>
    public bool Down()
    {
        int end = EndOfLine(Cursor);
        if (end == Text.Length)
        {
            return false;
        }

        Cursor = Math.Min(end + 1 + Cursor - StartOfLine(Cursor), EndOfLine(end + 1));
        return true;
    }

    // A character that a person sees may be several code points: the cursor never stands among them.
    private int Before(int index) => StringInfo.ParseCombiningCharacters(Text).LastOrDefault(start => start < index);

    private int After(int index) =>
        index < Text.Length ? index + StringInfo.GetNextTextElementLength(Text, index) : index;

    private int StartOfLine(int index) => index == 0 ? 0 : Text.LastIndexOf('\n', index - 1) + 1;

    private int EndOfLine(int index) => Text.IndexOf('\n', index) is >= 0 and int end ? end : Text.Length;

    private int WordBefore()
    {
        int index = Cursor;
        while (index > 0 && !IsWord(Text[index - 1]))
        {
            index--;
        }

        while (index > 0 && IsWord(Text[index - 1]))
        {
            index--;
        }

        return index;
    }

    private int WordAfter()
    {
        int index = Cursor;
        while (index < Text.Length && !IsWord(Text[index]))
        {
            index++;
        }

        while (index < Text.Length && IsWord(Text[index]))
        {
            index++;
        }

        return index;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_' || char.IsSurrogate(c);

    private void Delete(int start, int end) => Replace(start, end - start, "");
}
