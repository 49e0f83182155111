using Renci.SshNet.Security;

namespace XenMigrate.Ssh;

/// <summary>
/// Judges the key that one host shows in one connection, from what known_hosts held before. It runs on SSH.NET's
/// thread: it neither asks nor writes.
/// </summary>
/// <param name="target">The host.</param>
/// <param name="known">What known_hosts has for it.</param>
/// <param name="revoked">What is not trusted whatever known_hosts has.</param>
/// <param name="acceptUnknown">Whether a key that nobody knows will do.</param>
/// <param name="expected">The fingerprint that it showed before in this session, or null.</param>
internal sealed class HostKeyCheck(
    SshTarget target, KnownHosts known, RevokedHostKeys revoked, bool acceptUnknown, string? expected)
{
    /// <summary>The key that it showed.</summary>
    public HostKey? Key { get; private set; }

    /// <summary>Whether the key is to be recorded.</summary>
    public bool IsNew { get; private set; }

    /// <summary>Why the connection was refused, or null.</summary>
    public XenMigrateException? Failure { get; private set; }

    /// <summary>Asks for the types of key that the host is known by first, and for no host certificate.</summary>
    public void Prepare(ConnectionInfo connection)
    {
        IOrderedDictionary<string, Func<byte[], KeyHostAlgorithm>> algorithms =
            connection.HostKeyAlgorithms;
        foreach (string name in algorithms.Keys.Where(name => name.Contains("-cert-")).ToList())
        {
            algorithms.Remove(name);
        }

        if (target.Algorithms.HostKeys.IsOrdered)
        {
            return;
        }

        // The last that is put in front is the first choice.
        List<string> preferred = [.. algorithms.Keys.Where(name => known.KeyTypes.Contains(TypeOf(name)))];
        preferred.Reverse();
        foreach (string name in preferred)
        {
            algorithms.SetPosition(name, 0);
        }
    }

    /// <summary>The handler of SSH.NET's event; it comes again whenever the session changes its keys.</summary>
    public void OnHostKeyReceived(object? sender, HostKeyEventArgs e)
    {
        HostKey key = new(e.HostKey);
        HostKeyVerdict verdict = known.Evaluate(key);

        Key = key;
        Failure = Refusal(key, e.KeyLength) ?? FailureOf(key, verdict);
        IsNew = verdict.Kind == HostKeyVerdictKind.Unknown && acceptUnknown && Failure is null;
        e.CanTrust = Failure is null;
    }

    /// <summary>What the configuration has against a key, whoever knows it.</summary>
    private HostKeyChangedException? Refusal(HostKey key, int bits) =>
        revoked.Has(key) ? new(target.Name, key.Type, key.Fingerprint, "RevokedHostKeys lists it")
        : key.Type == "ssh-rsa" && bits < target.RequiredRsaSize
            ? new(target.Name, key.Type, key.Fingerprint, $"it has {bits} bits, and {target.RequiredRsaSize} are required (RequiredRSASize)")
        : null;

    private XenMigrateException? FailureOf(HostKey key, HostKeyVerdict verdict)
    {
        if (verdict.Kind == HostKeyVerdictKind.Rejected)
        {
            return new HostKeyChangedException(target.Name, key.Type, key.Fingerprint, verdict.Reason!);
        }

        if (expected is not null && expected != key.Fingerprint)
        {
            return new HostKeyChangedException(
                target.Name, key.Type, key.Fingerprint, $"it is not the one that this session began with, {expected}");
        }

        return verdict.Kind == HostKeyVerdictKind.Unknown && !acceptUnknown
            ? new HostKeyUnknownException(target.Name, key.Type, key.Fingerprint, verdict.Reason)
            : null;
    }

    private static string TypeOf(string algorithm) =>
        algorithm is "rsa-sha2-512" or "rsa-sha2-256" ? "ssh-rsa" : algorithm;
}
