namespace XenMigrate.Ssh.Tests;

/// <summary>A throw-away key pair.</summary>
public sealed record SshKey(string PrivatePath)
{
    public string PublicPath => PrivatePath + ".pub";

    public string PublicText => File.ReadAllText(PublicPath).Trim();

    /// <summary>Type and base64, as known_hosts writes them.</summary>
    public string KnownHostsText => string.Join(' ', PublicText.Split(' ')[..2]);

    public string Fingerprint => Programs.Run("ssh-keygen", "-lf", PublicPath).Split(' ')[1];

    public static SshKey Generate(string path, string type = "ed25519", string passphrase = "")
    {
        string[] size = type == "rsa" ? ["-b", "2048"] : [];
        Programs.Run("ssh-keygen", ["-q", "-t", type, .. size, "-N", passphrase, "-C", "test", "-f", path]);
        return new SshKey(path);
    }
}
