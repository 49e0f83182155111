namespace XenMigrate.Toolstacks.Xend.Sxp;

/// <summary>
/// Gives one element of an S-expression file another value and leaves every other character as it is: comments, order,
/// quotes and line ends are their author's.
/// </summary>
/// <remarks>Each character stands for one byte of the file, whose encoding nobody knows.</remarks>
internal static class SxpEditor
{
    /// <summary>Sets the value that xend sees: that of the first element of this name.</summary>
    /// <exception cref="SxpException">The text can't be read, or could not be read back as it should be.</exception>
    public static SxpEdit Set(string text, string name, string value)
    {
        if (value.Any(c => c > '\u00ff'))
        {
            throw new ArgumentException("A value is made of bytes.", nameof(value));
        }

        IReadOnlyList<SxpValue> before = SxpReader.Read(text);
        foreach (SxpEdit edit in Candidates(text, before, name, value))
        {
            if (MeansTheSame(before, SxpReader.Read(edit.Text), name, value))
            {
                return edit;
            }
        }

        throw SxpPosition.Error(text, $"{name} can't be set without touching something else", 0);
    }

    /// <summary>How it could be done, best first.</summary>
    private static IEnumerable<SxpEdit> Candidates(string text, IReadOnlyList<SxpValue> before, string name, string value)
    {
        if (First(before, name) is { } element)
        {
            yield return Replace(text, element, name, value);
            yield break;
        }

        // A comment need not be the example that it looks like: #(a[+(a b)) sets nothing that could be an a.
        if (SxpComments.Find(text, before, name) is int comment)
        {
            yield return Uncomment(text, comment, name, value);
        }

        yield return Append(text, SxpComments.End(text, before), name, value);
    }

    private static SxpList? First(IEnumerable<SxpValue> values, string name) =>
        values.OfType<SxpList>().FirstOrDefault(list => list.Name == name);

    private static SxpEdit Replace(string text, SxpList element, string name, string value)
    {
        SxpValue? old = element.Children.FirstOrDefault();
        if (old is SxpAtom { LostCharacters: false } atom && atom.Text == value)
        {
            string line = SxpComments.Lines(text, element.Start, element.End);
            return new SxpEdit(name, SxpEditKind.None, text, SxpPosition.Line(text, element.Start), line, line);
        }

        // An element without a value gets it before its closing bracket.
        int start = old?.Start ?? element.End - 1;
        int end = old?.End ?? start;
        string word = SxpWriter.Atom(value, old is SxpAtom && text[start] is '\'' or '"' ? text[start] : null);
        string changed = text.Substring(0, start)
            + (SxpReader.IsSpace(text[start - 1]) ? "" : " ")
            + word
            + (text[end] is ')' or '#' || SxpReader.IsSpace(text[end]) ? "" : " ")
            + text.Substring(end);

        return new SxpEdit(
            name,
            SxpEditKind.Replaced,
            changed,
            SxpPosition.Line(text, element.Start),
            SxpComments.Lines(text, element.Start, element.End),
            SxpComments.Lines(changed, element.Start, element.End + changed.Length - text.Length));
    }

    private static SxpEdit Uncomment(string text, int comment, string name, string value)
    {
        string bare = text.Remove(comment, 1);
        SxpList element = First(SxpReader.Read(bare), name)!;
        SxpEdit edit = Replace(bare, element, name, value);
        return edit with { Kind = SxpEditKind.Uncommented, Before = SxpComments.Lines(text, comment, comment) };
    }

    private static SxpEdit Append(string text, int end, string name, string value)
    {
        string lineEnd = text.IndexOf('\n') is > 0 and int first && text[first - 1] == '\r' ? "\r\n" : "\n";
        string line = $"({SxpWriter.Atom(name)} {SxpWriter.Atom(value, quote: null)})";
        string gap = end == 0 || text[end - 1] == '\n' ? "" : lineEnd;
        string changed = text.Substring(0, end) + gap + line + lineEnd + text.Substring(end);
        return new SxpEdit(name, SxpEditKind.Appended, changed, SxpPosition.Line(changed, end + gap.Length), null, line);
    }

    /// <summary>Whether nothing but the value of the one element is another now.</summary>
    private static bool MeansTheSame(IReadOnlyList<SxpValue> before, IReadOnlyList<SxpValue> after, string name, string value)
    {
        SxpList? was = First(before, name);
        SxpList? now = First(after, name);
        return now?.Children.FirstOrDefault() is SxpAtom { LostCharacters: false } atom
            && atom.Text == value
            && Without(before, was).SequenceEqual(Without(after, now))
            && (was is null || Place(before, was) == Place(after, now))
            && (was?.Children.Skip(1) ?? []).SequenceEqual(now.Children.Skip(1));
    }

    private static IEnumerable<SxpValue> Without(IEnumerable<SxpValue> values, SxpValue? one) =>
        values.Where(value => !ReferenceEquals(value, one));

    private static int Place(IEnumerable<SxpValue> values, SxpValue one) =>
        values.TakeWhile(value => !ReferenceEquals(value, one)).Count();
}

/// <summary>One change of an S-expression text.</summary>
/// <param name="Name">The element.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Text">The whole text afterwards.</param>
/// <param name="Line">The number of the line that it begins in.</param>
/// <param name="Before">The lines of the element as they were; null if it was not there.</param>
/// <param name="After">Its lines afterwards.</param>
internal sealed record SxpEdit(string Name, SxpEditKind Kind, string Text, int Line, string? Before, string After)
{
    public override string ToString() => Kind switch
    {
        SxpEditKind.None => $"leave line {Line}: {After}",
        SxpEditKind.Appended => $"append: {After}",
        _ => $"change line {Line} from: {Before} to: {After}",
    };
}

/// <summary>How an element got its value.</summary>
internal enum SxpEditKind
{
    /// <summary>It had it already.</summary>
    None,

    /// <summary>Its value was replaced.</summary>
    Replaced,

    /// <summary>A line of it that was a comment is none any more.</summary>
    Uncommented,

    /// <summary>A line was added.</summary>
    Appended,
}
