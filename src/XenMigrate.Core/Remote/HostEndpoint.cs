namespace XenMigrate;

/// <summary>Where a session leads, and how it was made sure of.</summary>
/// <param name="ComputerName">The name as the user typed it.</param>
/// <param name="Address">The host name or address that was connected to.</param>
/// <param name="Port">The TCP port.</param>
/// <param name="UserName">Who we are there.</param>
/// <param name="HostKeyFingerprint">The verified host key: "SHA256:" and base64, as ssh-keygen -l prints it.</param>
/// <param name="JumpHost">The host gone through, or null.</param>
public sealed record HostEndpoint(
    string ComputerName, string Address, int Port, string UserName, string? HostKeyFingerprint, string? JumpHost)
{
    /// <summary>Where the journals of moves between such hosts go, if they end with the hosts; null for real ones.</summary>
    internal string? JournalFolder { get; init; }
}
