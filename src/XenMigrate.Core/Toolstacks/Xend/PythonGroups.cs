namespace XenMigrate.Toolstacks.Xend;

/// <summary>The groups of a regular expression, as far as it was read: which of them something may refer to.</summary>
internal sealed class PythonGroups
{
    private readonly HashSet<string> _names = [];
    private readonly HashSet<int> _open = [];
    private int _count = 1;

    /// <summary>A group begins; returns its number, by which it ends.</summary>
    public int Open(string? name)
    {
        if (name is not null && !_names.Add(name))
        {
            throw new FormatException($"redefinition of group name '{name}'");
        }

        _ = _open.Add(_count);
        return _count++;
    }

    public void Close(int group) => _ = _open.Remove(group);

    /// <summary>The width of what a group matched.</summary>
    public PythonWidth ByName(string name) =>
        _names.Contains(name) ? PythonWidth.Any : throw new FormatException($"unknown group name '{name}'");

    /// <inheritdoc cref="ByName"/>
    public PythonWidth ByNumber(string digits)
    {
        int group = int.Parse(digits, CultureInfo.InvariantCulture);
        return group >= _count ? throw new FormatException($"bogus escape: '\\{digits}'")
            : _open.Contains(group) ? throw new FormatException("cannot refer to open group")
            : PythonWidth.Any;
    }
}
