namespace XenMigrate.Repair;

/// <summary>A line of known_hosts: a name, as it is or hashed, and a key.</summary>
internal sealed record KnownHostsEntry(string Name, PublicKey Key)
{
    public bool IsHashed => Name.StartsWith("|1|", StringComparison.Ordinal);

    /// <summary>The lines of ssh-keyscan and ssh-keygen -F, whatever else is among them.</summary>
    public static IReadOnlyList<KnownHostsEntry> ParseAll(string text) => [.. text.Split('\n').Select(Parse).OfType<KnownHostsEntry>()];

    public override string ToString() => $"{Name} {Key.Type} {Key.Text}";

    private static KnownHostsEntry? Parse(string line)
    {
        string trimmed = line.Trim();
        int space = trimmed.IndexOf(' ');
        return space > 0 && trimmed[0] != '#' && PublicKey.Parse(trimmed.Substring(space + 1)) is { } key
            ? new KnownHostsEntry(trimmed.Substring(0, space), key)
            : null;
    }
}
