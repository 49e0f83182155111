namespace XenMigrate.Toolstacks;

/// <summary>"key : value" lines, as <c>xl info</c> and <c>xm info</c> print them.</summary>
internal sealed class KeyValueLines
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly RemoteCommand _command;
    private readonly string _output;

    public KeyValueLines(RemoteCommand command, string output)
    {
        _command = command;
        _output = output;
        foreach (string[] parts in output.Split('\n').Select(line => line.Split([':'], 2)))
        {
            // Values hold colons too (hw_caps, platform_params), and the first of a key counts.
            if (parts.Length == 2 && !_fields.ContainsKey(parts[0].Trim()))
            {
                _fields.Add(parts[0].Trim(), parts[1].Trim());
            }
        }
    }

    /// <summary>A value, or null.</summary>
    public string? Find(string key) => _fields.TryGetValue(key, out string? value) ? value : null;

    /// <summary>The words of a value; none if there is no such key.</summary>
    public string[] Words(string key) => Find(key)?.Split([' '], StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <exception cref="OutputNotUnderstoodException">There is none.</exception>
    public string Text(string key) => Find(key) is { Length: > 0 } value
        ? value
        : throw new OutputNotUnderstoodException(_command, $"it has no {key}", _output);

    /// <exception cref="OutputNotUnderstoodException">There is none, or it is no number.</exception>
    public long Number(string key) =>
        long.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new OutputNotUnderstoodException(_command, $"{key} is no number: {Text(key)}", _output);

    /// <summary>A number with a decimal point, or null.</summary>
    public double? Fraction(string key) =>
        double.TryParse(Find(key), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? number : null;

    /// <summary>Xen's version, major and minor.</summary>
    /// <exception cref="OutputNotUnderstoodException">It is not there.</exception>
    public Version XenVersion() => new(Small("xen_major"), Small("xen_minor"));

    private int Small(string key) => Number(key) is var number and <= int.MaxValue
        ? (int)number
        : throw new OutputNotUnderstoodException(_command, $"{key} is no version: {Text(key)}", _output);
}
