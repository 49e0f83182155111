namespace XenMigrate.Toolstacks.Xend.Sxp;

/// <summary>A value of an S-expression text, with its place in the text: an editor changes only those characters.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">One behind its last.</param>
internal abstract record SxpValue(int Start, int End)
{
    /// <summary>The value as xend would write it.</summary>
    public sealed override string ToString() => SxpWriter.Write(this);
}

/// <summary>A word or a string: xend does not tell one from the other.</summary>
internal sealed record SxpAtom(string Text, int Start = 0, int End = 0) : SxpValue(Start, End)
{
    /// <summary>
    /// Whether a backslash stood before a character that it means nothing for. xend keeps the backslash and loses the
    /// character, which nobody who wrote "\." wanted.
    /// </summary>
    public bool LostCharacters { get; init; }

    /// <summary>Whether it stands in quotes in the text that it was read from.</summary>
    public bool IsQuoted => End - Start != Text.Length;

    public bool Equals(SxpAtom? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);
}

/// <summary>A list. By custom its first item is its name, and attributes begin with @.</summary>
internal sealed record SxpList(IReadOnlyList<SxpValue> Items, int Start = 0, int End = 0) : SxpValue(Start, End)
{
    /// <summary>The first item, or null if that is no word.</summary>
    public string? Name => (Items.Count > 0 ? Items[0] as SxpAtom : null)?.Text;

    /// <summary>What follows the name and the attributes.</summary>
    public IEnumerable<SxpValue> Children => Items.Skip(HasAttributes ? 2 : 1);

    private bool HasAttributes => Items.Count > 1
        && (Items[1] as SxpList)?.Name is { Length: > 0 } name
        && name[0] == '@';

    /// <summary>The lists of this name below, in order.</summary>
    public IEnumerable<SxpList> Lists(string name) => Items.OfType<SxpList>().Where(list => list.Name == name);

    /// <summary>The first value of the first list of this name: the first occurrence wins.</summary>
    public SxpValue? Value(string name) => Lists(name).FirstOrDefault()?.Children.FirstOrDefault();

    /// <summary>The same if it is a word.</summary>
    public string? Text(string name) => (Value(name) as SxpAtom)?.Text;

    public bool Equals(SxpList? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Aggregate(Items.Count, (hash, item) => (hash * 31) + item.GetHashCode());
}

/// <summary>A text is no S-expression as xend reads them.</summary>
internal sealed class SxpException(string reason, int line, int column)
    : FormatException($"{reason} (line {line}, column {column})")
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
