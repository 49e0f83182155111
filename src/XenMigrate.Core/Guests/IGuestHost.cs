namespace XenMigrate.Guests;

/// <summary>The session by which something came, as far as a guest knows of it: what a session can do is built above.</summary>
internal interface IGuestHost
{
    /// <summary>The host's name, as the user typed it.</summary>
    string ComputerName { get; }
}
