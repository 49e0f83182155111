using System.Security.Cryptography;

namespace XenMigrate.Repair;

/// <summary>A public key of ssh's: "ssh-ed25519" and the like, and the key in base64.</summary>
internal sealed record PublicKey(string Type, string Text)
{
    private static readonly Regex s_key = new(
        @"^(?<type>(ssh|ecdsa|sk)-[A-Za-z0-9@.-]+) (?<text>[A-Za-z0-9+/]+={0,2})( .*)?$", RegexOptions.CultureInvariant);

    /// <summary>As ssh-keygen -l prints it.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(Hash(Convert.FromBase64String(Text))).TrimEnd('=');

    /// <summary>The key of a line like those of a .pub file; null if it is no key.</summary>
    public static PublicKey? Parse(string line)
    {
        Match match = s_key.Match(line.Trim());
        return match.Success && IsBase64(match.Groups["text"].Value)
            ? new PublicKey(match.Groups["type"].Value, match.Groups["text"].Value)
            : null;
    }

    /// <summary>The keys of lines like those of .pub files, whatever else is among them.</summary>
    public static IReadOnlyList<PublicKey> ParseAll(string text) => [.. text.Split('\n').Select(Parse).OfType<PublicKey>()];

    public override string ToString() => $"{Type} {Fingerprint}";

    private static bool IsBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static byte[] Hash(byte[] key)
    {
#if NET
        return SHA256.HashData(key);
#else
        using SHA256 hash = SHA256.Create();
        return hash.ComputeHash(key);
#endif
    }
}
