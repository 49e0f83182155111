namespace XenMigrate.Ssh;

/// <summary>A host's public key, as it goes over the wire.</summary>
internal sealed class HostKey(byte[] blob)
{
    /// <summary>The type that known_hosts writes, such as ssh-ed25519: the first string in the key.</summary>
    /// <remarks>Not the signature's algorithm: rsa-sha2-512 and ssh-rsa are signatures by the same type of key.</remarks>
    public string Type { get; } = TypeOf(blob);

    /// <summary>As ssh-keygen -l prints it.</summary>
    public string Fingerprint { get; } = FingerprintOf(blob);

    public string Base64 => Convert.ToBase64String(blob);

    public bool Is(byte[] other) => blob.SequenceEqual(other);

    private static string TypeOf(byte[] blob)
    {
        int length = blob.Length < 4 ? 0 : (blob[0] << 24) | (blob[1] << 16) | (blob[2] << 8) | blob[3];
        return length > 0 && length <= blob.Length - 4 ? Encoding.ASCII.GetString(blob, 4, length) : "unknown";
    }

    private static string FingerprintOf(byte[] blob) =>
        "SHA256:" + Convert.ToBase64String(Platform.Sha256(blob)).TrimEnd('=');
}
