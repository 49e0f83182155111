namespace XenMigrate.Ssh;

/// <summary>The algorithms that may be used with one host.</summary>
internal sealed record SshAlgorithms
{
    public AlgorithmList KeyExchange { get; init; } = new("KexAlgorithms");

    public AlgorithmList Ciphers { get; init; } = new("Ciphers");

    public AlgorithmList Macs { get; init; } = new("MACs");

    public AlgorithmList HostKeys { get; init; } = new("HostKeyAlgorithms");

    /// <summary>For signatures by the user's keys.</summary>
    public AlgorithmList UserKeys { get; init; } = new("PubkeyAcceptedAlgorithms");

    /// <exception cref="ConfigurationInvalidException">Of one kind, nothing is left.</exception>
    public void Apply(ConnectionInfo connection)
    {
        Keep(connection.KeyExchangeAlgorithms, KeyExchange);
        Keep(connection.Encryptions, Ciphers);
        Keep(connection.HmacAlgorithms, Macs);
        Keep(connection.HostKeyAlgorithms, HostKeys);
    }

    private static void Keep<T>(IOrderedDictionary<string, T> algorithms, AlgorithmList list)
    {
        List<string> all = [.. algorithms.Keys];
        IReadOnlyList<string> wanted = list.Of(all);
        foreach (string name in all.Except(wanted))
        {
            _ = algorithms.Remove(name);
        }

        for (int i = 0; i < wanted.Count; i++)
        {
            algorithms.SetPosition(wanted[i], i);
        }
    }
}
