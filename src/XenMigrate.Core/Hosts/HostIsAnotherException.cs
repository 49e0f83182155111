namespace XenMigrate;

/// <summary>A host of this name is not the machine that a journal tells of.</summary>
public sealed class HostIsAnotherException(string host) : XenMigrateException(
    $"{host} is another machine than the one of that name that the journal tells of: its hardware, its installation and its host key are others.",
    "Give the name under which that one is reached now.")
{
    public string Host { get; } = host;

    /// <exception cref="HostIsAnotherException">One of them is another of the same name.</exception>
    internal static void ThrowIf(params (NamedHost? Journaled, NamedHost Found)[] hosts)
    {
        foreach ((_, NamedHost found) in hosts.Where(host => host.Journaled?.IsNamesake(host.Found) == true))
        {
            throw new HostIsAnotherException(found.Name);
        }
    }
}
