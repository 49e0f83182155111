namespace XenMigrate;

/// <summary>A guest's image in a file on a host.</summary>
public sealed record SavedGuest(
    string Name, Guid? Uuid, string ComputerName, string RemotePath, long SizeBytes, DateTimeOffset SavedAt)
{
    /// <summary>The guest's name.</summary>
    public string Name { get; internal init => field = PrintableText.Line(value); } = PrintableText.Line(Name);

    /// <summary>Its uuid, if the image tells.</summary>
    public Guid? Uuid { get; internal init; } = Uuid;

    /// <summary>The host that has the file.</summary>
    public string ComputerName { get; internal init; } = ComputerName;

    /// <summary>The path on that host; not a PowerShell path.</summary>
    public string RemotePath { get; internal init => field = PrintableText.Line(value); } = PrintableText.Line(RemotePath);

    /// <summary>The file's size.</summary>
    public long SizeBytes { get; internal init; } = SizeBytes;

    /// <summary>When the file was last written, by the host's clock.</summary>
    public DateTimeOffset SavedAt { get; internal init; } = SavedAt;

    /// <summary>The session that it was saved by, which works in any runspace; null after serialization.</summary>
    internal IGuestHost? Session { get; init; }

    public override string ToString() => $"{Name} in {RemotePath} on {ComputerName}";
}
