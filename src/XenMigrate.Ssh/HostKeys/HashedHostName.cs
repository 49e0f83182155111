namespace XenMigrate.Ssh;

/// <summary>A host's name as known_hosts hides it: |1|salt|HMAC-SHA1 of the name.</summary>
internal sealed class HashedHostName(byte[] salt, byte[] hash)
{
    private const string Magic = "|1|";

    public static HashedHostName? Parse(string text)
    {
        string[] parts = text.Split('|');
        if (!text.StartsWith(Magic, StringComparison.Ordinal) || parts.Length != 4)
        {
            return null;
        }

        try
        {
            return new HashedHostName(Convert.FromBase64String(parts[2]), Convert.FromBase64String(parts[3]));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Hides a name under a new salt.</summary>
    public static HashedHostName Hide(string name)
    {
        byte[] salt = new byte[20];
        using RandomNumberGenerator random = RandomNumberGenerator.Create();
        random.GetBytes(salt);
        return new HashedHostName(salt, Hash(salt, name));
    }

    public bool IsFor(string name) => Hash(salt, name.ToLowerInvariant()).SequenceEqual(hash);

    public override string ToString() => Magic + Convert.ToBase64String(salt) + "|" + Convert.ToBase64String(hash);

    // The file format says SHA-1. It hides names from a reader of the file; no trust depends on it.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The file format says so.")]
    private static byte[] Hash(byte[] salt, string name)
    {
        using HMACSHA1 hmac = new(salt);
        return hmac.ComputeHash(Encoding.UTF8.GetBytes(name));
    }
}
