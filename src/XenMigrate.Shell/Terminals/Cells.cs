using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Text;
using Wcwidth;

namespace XenMigrate.Shell.Terminals;

/// <summary>How many columns text takes on a screen.</summary>
internal static class Cells
{
    /// <summary>The columns of one character as a person sees it, which may be several code points.</summary>
    public static int OfElement(string element)
    {
        int width = Rune.TryGetRuneAt(element, 0, out Rune rune) ? UnicodeCalculator.GetWidth(rune.Value) : 1;
        return width < 0 ? 1 : width;
    }

    /// <summary>The columns of a line; escape sequences take none.</summary>
    public static int Of(string line)
    {
        int width = 0;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(Plain(line));
        while (elements.MoveNext())
        {
            width += OfElement(elements.GetTextElement());
        }

        return width;
    }

    /// <summary>The text without colours.</summary>
    public static string Plain(string text) =>
        text.Contains('\e') ? new StringDecorated(text).ToString(OutputRendering.PlainText) : text;

    /// <summary>As much of a line as fits, with an ellipsis where something is missing.</summary>
    public static string Fit(string line, int width)
    {
        if (Of(line) <= width)
        {
            return line;
        }

        StringBuilder fitting = new();
        int used = 1;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(Plain(line));
        while (elements.MoveNext() && used + OfElement(elements.GetTextElement()) <= width)
        {
            used += OfElement(elements.GetTextElement());
            _ = fitting.Append(elements.GetTextElement());
        }

        return width > 0 ? fitting.Append('…').ToString() : "";
    }
}
