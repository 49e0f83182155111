using Renci.SshNet.Security;

namespace XenMigrate.Ssh;

/// <summary>A private key with its signature algorithms, the good ones first.</summary>
/// <remarks>
/// SSH.NET offers ssh-rsa (SHA-1) before rsa-sha2-512. Servers of today refuse it, and each refusal is one of the few
/// tries they grant; hosts of the chapter's time know nothing else, so where the configuration names it, it is the last.
/// </remarks>
internal sealed class LoadedKey(PrivateKeyFile file, AlgorithmList allowed) : IPrivateKeySource
{
    /// <summary>How large an RSA key is; as large as can be for another, which is never too small.</summary>
    public int RsaBits => file.Key is RsaKey rsa ? rsa.KeyLength : int.MaxValue;

    public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms { get; } =
        [.. Allowed(file, allowed).OrderBy(algorithm => algorithm.Name.StartsWith("ssh-rsa", StringComparison.Ordinal))];

    private static IEnumerable<HostAlgorithm> Allowed(PrivateKeyFile file, AlgorithmList allowed)
    {
        IReadOnlyList<string> names = allowed.Of([.. file.HostKeyAlgorithms.Select(algorithm => algorithm.Name)]);
        return file.HostKeyAlgorithms.Where(algorithm => names.Contains(algorithm.Name));
    }
}
