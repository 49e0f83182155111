namespace XenMigrate.Ssh;

/// <summary>One line of a known_hosts file: which names it is for, and the key.</summary>
internal sealed record KnownHostsLine(HostKeyMarker Marker, IReadOnlyList<string> Names, string KeyType, byte[] Key)
{
    /// <summary>The line's meaning, or null for a comment, an empty line and what nobody understands.</summary>
    public static KnownHostsLine? Parse(string line)
    {
        List<string> words = [.. line.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)];
        if (words.Count == 0 || words[0][0] == '#')
        {
            return null;
        }

        HostKeyMarker marker = words[0] switch
        {
            "@revoked" => HostKeyMarker.Revoked,
            "@cert-authority" => HostKeyMarker.CertificateAuthority,
            _ when words[0].BeginsWith('@') => HostKeyMarker.Unknown,
            _ => HostKeyMarker.None,
        };

        int first = marker == HostKeyMarker.None ? 0 : 1;
        if (marker == HostKeyMarker.Unknown || words.Count < first + 3)
        {
            return null;
        }

        try
        {
            byte[] key = Convert.FromBase64String(words[first + 2]);
            return new KnownHostsLine(marker, words[first].Split(','), words[first + 1], key);
        }
        catch (FormatException)
        {
            // OpenSSH passes over what it does not understand, too; its own version 1 keys look like that.
            return null;
        }
    }

    /// <summary>Whether the line is for this name; other ports have a name of their own, [host]:port.</summary>
    public bool IsFor(string name) =>
        Names.Count == 1 && HashedHostName.Parse(Names[0]) is HashedHostName hashed
            ? hashed.IsFor(name)
            : HostPatterns.Match(Names, name);
}

/// <summary>What a line of known_hosts says beside "this is its key".</summary>
internal enum HostKeyMarker
{
    None,
    Revoked,
    CertificateAuthority,
    Unknown,
}
