using System.Collections;

namespace XenMigrate.Reports;

/// <summary>
/// Makes elements of a page. Text is text here and never markup: who escapes is the XML writer, not each caller.
/// </summary>
internal static class Html
{
    private static readonly HashSet<string> s_void = ["meta", "br", "hr", "img", "link", "input", "col"];

    /// <summary>An element with attributes, elements, text, or lists of these; null is nothing.</summary>
    public static XElement Element(string name, params object?[] content)
    {
        XElement element = new(name);
        Add(element, content);
        if (element.IsEmpty && !s_void.Contains(name))
        {
            // HTML takes <td /> for a start tag.
            element.Value = "";
        }

        return element;
    }

    public static XAttribute Attribute(string name, string value) => new(name, Visible(value));

    public static XAttribute Class(string names) => new("class", names);

    /// <summary>
    /// Text without characters that no page can hold, or that would make it read otherwise than it is: control
    /// characters, halves of surrogate pairs, and those that turn the direction of writing.
    /// </summary>
    public static string Visible(string text)
    {
        StringBuilder visible = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                _ = visible.Append(text, i, 2);
                i++;
                continue;
            }

            _ = visible.Append(Visible(text[i]));
        }

        return visible.ToString();
    }

    private static char Visible(char c) => c switch
    {
        '\n' or '\t' => c,
        // Unicode has pictures of these.
        < ' ' => (char)(0x2400 + c),
        (>= '\u007f' and <= '\u009f') or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e')
            or (>= '\u2066' and <= '\u2069') or (>= '\ud800' and <= '\udfff') or '\ufffe' or '\uffff' => '\ufffd',
        _ => c,
    };

    private static void Add(XElement element, object? content)
    {
        switch (content)
        {
            case null:
                break;
            case string text:
                element.Add(new XText(Visible(text)));
                break;
            case IEnumerable items when content is not XObject:
                foreach (object? item in items)
                {
                    Add(element, item);
                }

                break;
            default:
                element.Add(content);
                break;
        }
    }
}
