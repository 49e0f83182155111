namespace XenMigrate.Toolstacks.Libvirt;

/// <summary>The destination, as the URIs of a move name it.</summary>
internal static class LibvirtAddress
{
    /// <summary>Where the source's virsh finds the destination's libvirt. It asks no questions, since nobody could answer.</summary>
    public static string Connection(string address)
    {
        (string user, string host) = Split(address);
        return $"xen+ssh://{user}{Bracketed(host)}/system?no_tty=1";
    }

    /// <summary>The host alone, without the user to log in as.</summary>
    public static string Host(string address) => Split(address).Host.Trim('[', ']');

    private static (string User, string Host) Split(string address)
    {
        int at = address.LastIndexOf('@');
        return (address.Substring(0, at + 1), address.Substring(at + 1));
    }

    private static string Bracketed(string host) =>
        host.Any(c => c == ':') && host[0] != '[' ? $"[{host.Replace("%", "%25")}]" : host;
}
