using System;

namespace XenMigrate.Guests;

/// <summary>A guest's image in a file on a host.</summary>
/// <param name="Name">The guest's name.</param>
/// <param name="Uuid">Its uuid, if the image tells.</param>
/// <param name="ComputerName">The host that has the file.</param>
/// <param name="RemotePath">The path on that host; not a PowerShell path.</param>
/// <param name="SizeBytes">The file's size.</param>
/// <param name="SavedAt">When the file was last written, by the host's clock.</param>
public sealed record SavedGuest(
    string Name, Guid? Uuid, string ComputerName, string RemotePath, long SizeBytes, DateTimeOffset SavedAt)
{
    public override string ToString() => $"{Name} in {RemotePath} on {ComputerName}";
}
