namespace XenMigrate.Ssh;

/// <summary>A host as people write it: [user@]host[:port], an IPv6 address with a port in brackets.</summary>
internal sealed record HostSpecification(string? User, string Host, int? Port)
{
    public static HostSpecification Parse(string text)
    {
        string rest = text.Trim();
        rest = rest.StartsWith("ssh://", StringComparison.OrdinalIgnoreCase) ? rest.Substring(6).TrimEnd('/') : rest;

        int at = rest.LastIndexOf('@');
        string? user = at > 0 ? rest.Substring(0, at) : null;
        rest = rest.Substring(at + 1);

        if (rest.BeginsWith('[') && rest.IndexOf(']') is int close and > 0)
        {
            string after = rest.Substring(close + 1);
            return new(user, rest.Substring(1, close - 1), after.Length > 1 ? PortOf(text, after.Substring(1)) : null);
        }

        int colon = rest.IndexOf(':');
        // More than one colon without brackets is an IPv6 address.
        return colon < 0 || colon != rest.LastIndexOf(':')
            ? new(user, Required(text, rest), null)
            : new(user, Required(text, rest.Substring(0, colon)), PortOf(text, rest.Substring(colon + 1)));
    }

    private static string Required(string text, string host) =>
        host.Length > 0 ? host : throw new ConfigurationInvalidException(text, "a host's name is missing");

    private static int PortOf(string text, string port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and < 65536
            ? number
            : throw new ConfigurationInvalidException(text, $"'{port}' is no port");
}
