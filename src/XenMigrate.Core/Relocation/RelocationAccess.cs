using System.Net;

namespace XenMigrate;

/// <summary>Whether a host lets another send guests.</summary>
public sealed record RelocationAccess
{
    /// <summary>Judges a peer by hosts-allow alone, or also by whether the server is on.</summary>
    internal RelocationAccess(string name, string? computerName, HostsAllow allow, bool server)
    {
        Name = name;
        ComputerName = computerName;
        Pattern = PrintableText.LineOrNull(allow.FirstMatch(name, name)?.Text);
        Admitted = server && !allow.IsBroken && allow.Admits(name, name);
        Reason = PrintableText.Of(Explain(allow, server));
    }

    /// <summary>The host that would send guests.</summary>
    public string Name { get; }

    /// <summary>The host that would take them; null if only patterns were given.</summary>
    public string? ComputerName { get; }

    public bool Admitted { get; }

    /// <summary>The pattern that lets it in.</summary>
    public string? Pattern { get; }

    public string Reason { get; }

    public override string ToString() => $"{Name} {(Admitted ? "is admitted" : "is not admitted")}{(ComputerName is null ? "" : $" by {ComputerName}")}: {Reason}";

    private string Explain(HostsAllow allow, bool server)
    {
        if (!server)
        {
            return "xend-relocation-server is no, so nobody is let in";
        }

        if (allow.IsBroken)
        {
            return "a pattern is no regular expression, so xend takes no guests";
        }

        if (allow.AdmitsEverybody)
        {
            return "hosts-allow is empty, so everybody is let in";
        }

        return Pattern switch
        {
            null => "no pattern matches, so xend closes the connection",
            "" => "an empty pattern (two spaces in a row, or one at an end) matches everybody",
            _ when IPAddress.TryParse(Name, out _) => "its address matches",
            _ => "its name matches, provided that reverse DNS gives it this name",
        };
    }
}
