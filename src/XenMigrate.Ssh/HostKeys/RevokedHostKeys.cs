namespace XenMigrate.Ssh;

/// <summary>The keys that the files of RevokedHostKeys list: one a line, as in a .pub file.</summary>
internal sealed class RevokedHostKeys
{
    private const string Keyword = "RevokedHostKeys";
    private const string BinaryList = "SSHKRL";

    private readonly List<byte[]> _keys = [];

    /// <exception cref="ConfigurationInvalidException">
    /// A file can't be read or understood: then no key is trusted, as with ssh.
    /// </exception>
    public static RevokedHostKeys Read(SshTarget target)
    {
        RevokedHostKeys revoked = new();
        foreach (string path in target.RevokedHostKeysFiles)
        {
            revoked.Add(path);
        }

        return revoked;
    }

    public bool Has(HostKey key) => _keys.Exists(key.Is);

    private void Add(string path)
    {
        string text = Text(path);
        if (text.StartsWith(BinaryList, StringComparison.Ordinal))
        {
            throw Untrusted(path, "is a binary list (KRL), which is not supported; a file with one public key a line is");
        }

        foreach (string line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            _keys.Add(Parse(line) ?? throw Untrusted(path, "has a line that is no public key"));
        }
    }

    private static byte[]? Parse(string line)
    {
        string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return words.Length < 2 ? null : Convert.FromBase64String(words[1]);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException e)
        {
            throw Untrusted(path, "can't be read", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Untrusted(path, "may not be read", e);
        }
    }

    private static ConfigurationInvalidException Untrusted(string path, string reason, Exception? inner = null) =>
        new(path, $"the file, which {Keyword} names, {reason}, so no host's key is trusted", inner);
}
