namespace XenMigrate.Toolstacks.Xend;

/// <summary>
/// Who may send guests to a host: xend-relocation-hosts-allow, split and matched as xend does it, which is not always
/// what its author meant.
/// </summary>
internal sealed record HostsAllow
{
    /// <param name="value">The value, as the S-expression reader gave it.</param>
    /// <param name="lostCharacters">Whether the reader lost characters behind single backslashes.</param>
    /// <param name="endsEarly">Whether it is a bare word with "!", at which xend ends a word before Xen 4.0.</param>
    public HostsAllow(string value, bool lostCharacters = false, bool endsEarly = false)
    {
        Value = value;
        EndsEarly = endsEarly;
        LostCharacters = lostCharacters;
        // Only the single space separates: two of them have an empty pattern between them, which matches everything.
        Patterns = value.Length == 0 ? [] : [.. value.Split(' ').Select(text => new HostsAllowPattern(text))];
    }

    public string Value { get; }

    public bool LostCharacters { get; }

    public bool EndsEarly { get; }

    public IReadOnlyList<HostsAllowPattern> Patterns { get; }

    /// <summary>Whether anybody may come, whatever the patterns say: xend asks nobody if there is none.</summary>
    public bool AdmitsEverybody => Patterns.Count == 0;

    /// <summary>Whether xend refuses to start its relocation server, since a pattern is no regular expression.</summary>
    public bool IsBroken => Patterns.Any(pattern => pattern.Problem is not null);

    /// <summary>Whether a peer is let in.</summary>
    /// <param name="fqdn">What reverse DNS says of the peer; its address if it says nothing.</param>
    /// <param name="address">Its address.</param>
    public bool Admits(string fqdn, string address) =>
        AdmitsEverybody || FirstMatch(fqdn, address) is not null;

    /// <summary>The pattern that lets a peer in, or null.</summary>
    public HostsAllowPattern? FirstMatch(string fqdn, string address) => IsBroken
        ? null
        : Patterns.FirstOrDefault(pattern => pattern.Matches(fqdn) || pattern.Matches(address));

    public bool Equals(HostsAllow? other) =>
        other is not null && Value == other.Value && LostCharacters == other.LostCharacters && EndsEarly == other.EndsEarly;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    public override string ToString() => Value;
}

/// <summary>One pattern of hosts-allow: a regular expression of Python's, matched at the beginning of a name.</summary>
internal sealed class HostsAllowPattern
{
    // Some patterns take exponential time; the answer of one that takes this long is no.
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(250);

    private readonly Regex? _regex;

    public HostsAllowPattern(string text)
    {
        Text = text;
        Problem = PythonSyntax.Problem(text);
        if (Problem is not null)
        {
            return;
        }

        try
        {
            _regex = new Regex(PythonRegex.Translate(text), RegexOptions.CultureInvariant, s_limit);
        }
        catch (ArgumentException e)
        {
            Problem = e.Message;
        }
    }

    public string Text { get; }

    /// <summary>Why it is no regular expression; null if it is one.</summary>
    public string? Problem { get; }

    public bool Matches(string name)
    {
        try
        {
            // The leftmost match is the one at the beginning, if there is such a one.
            return _regex?.Match(name) is { Success: true, Index: 0 };
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    public override string ToString() => Text;
}
