using System;
using System.Collections.Generic;
using System.Linq;
using Renci.SshNet;
using Renci.SshNet.Security;

namespace XenMigrate.Ssh;

/// <summary>A private key with its signature algorithms, the good ones first.</summary>
/// <remarks>
/// SSH.NET offers ssh-rsa (SHA-1) before rsa-sha2-512. Servers of today refuse it, and each refusal is one of the few
/// tries they grant; hosts of the chapter's time know nothing else, so it stays as the last.
/// </remarks>
internal sealed class LoadedKey(PrivateKeyFile file) : IPrivateKeySource
{
    public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms { get; } =
        [.. file.HostKeyAlgorithms.OrderBy(algorithm => algorithm.Name.StartsWith("ssh-rsa", StringComparison.Ordinal))];
}
