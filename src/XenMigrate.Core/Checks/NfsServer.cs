using System.Net;

namespace XenMigrate.Checks;

/// <summary>Which host a mount comes from.</summary>
internal static class NfsServer
{
    /// <summary>Whether a host is the server of a mount; null if that can't be told.</summary>
    public static bool? Is(HostFacts host, Mount mount)
    {
        string? server = mount.ServerAddress
            ?? (mount.Source.IndexOf(":/", StringComparison.Ordinal) is > 0 and int colon ? mount.Source.Substring(0, colon) : null);
        if (server is null)
        {
            return null;
        }

        return IPAddress.TryParse(server, out _) ? host.Addresses.Value?.Contains(server)
            // Another name may be an alias of this host as well as any other host.
            : IsNameOf(host, server) ? true : null;
    }

    private static bool IsNameOf(HostFacts host, string name) =>
        new[] { host.Host, host.Relocation?.FullName.Value }.OfType<string>().Any(known =>
            string.Equals(known, name, StringComparison.OrdinalIgnoreCase)
            // web is web.example.org, and web.example.com is not.
            || ((!known.Contains('.') || !name.Contains('.')) && string.Equals(Label(known), Label(name), StringComparison.OrdinalIgnoreCase)));

    private static string Label(string name) => name.Split('.')[0];
}
