namespace XenMigrate.Ssh;

/// <summary>Loads the private keys of a target. What can't be used is left out, and it is said why.</summary>
internal static class KeyFiles
{
    /// <param name="reasons">Gets a sentence for each key that is there and can't be used.</param>
    /// <exception cref="ConfigurationInvalidException">A key that the user named can't be used.</exception>
    public static IReadOnlyList<IPrivateKeySource> Load(SshTarget target, string? passphrase, List<string> reasons)
    {
        List<IPrivateKeySource> keys = [];
        foreach (IdentityFile identity in target.IdentityFiles)
        {
            if (WhyUnusable(identity, target, passphrase, keys) is not { } problem)
            {
                continue;
            }

            if (identity.Origin == IdentityOrigin.Parameter)
            {
                throw new ConfigurationInvalidException(identity.Path, problem.Reason, problem.Inner);
            }

            if (identity.Origin == IdentityOrigin.Configuration || File.Exists(identity.Path))
            {
                reasons.Add($"{identity.Path}: {problem.Reason}");
            }
        }

        return keys;
    }

    private static (string Reason, Exception? Inner)? WhyUnusable(
        IdentityFile identity, SshTarget target, string? passphrase, List<IPrivateKeySource> keys)
    {
        if (!File.Exists(identity.Path))
        {
            return ("there is no such file", null);
        }

        try
        {
            LoadedKey key = Open(identity.Path, target, passphrase);
            if (key.RsaBits < target.RequiredRsaSize)
            {
                return ($"the RSA key has {key.RsaBits} bits, and {target.RequiredRsaSize} are required (RequiredRSASize)", null);
            }

            keys.Add(key);
            return null;
        }
        catch (ConfigurationInvalidException e)
        {
            return (e.Message, e);
        }
        catch (SshPassPhraseNullOrEmptyException e)
        {
            return ("the key is encrypted and there is no passphrase (Connect-MigrationHost takes it: give -KeyFilePath and -Credential)", e);
        }
        catch (SshException e)
        {
            return (Unreadable(passphrase), e);
        }
        catch (CryptographicException e)
        {
            return (Unreadable(passphrase), e);
        }
        catch (FormatException e)
        {
            return ("it is no private key", e);
        }
        catch (ArgumentException e)
        {
            return (Unreadable(passphrase), e);
        }
        catch (NotSupportedException e)
        {
            return ("this kind of key is not supported", e);
        }
        catch (IOException e)
        {
            return ("it can't be read", e);
        }
        catch (UnauthorizedAccessException e)
        {
            return ("it may not be read", e);
        }
    }

    private static string Unreadable(string? passphrase) =>
        string.IsNullOrEmpty(passphrase)
            ? "it is no private key that can be read"
            : "it is no private key that can be read, or the passphrase is wrong";

    private static LoadedKey Open(string path, SshTarget target, string? passphrase)
    {
        // As ssh does: the certificate beside the key, or one that the configuration names and that fits the key.
        foreach (string certificate in target.CertificateFiles.Concat([path + "-cert.pub"]).Where(File.Exists))
        {
            if (TryOpen(path, passphrase, certificate, target) is LoadedKey key)
            {
                return key;
            }
        }

        return new LoadedKey(new PrivateKeyFile(path, passphrase), target.Algorithms.UserKeys);
    }

    private static LoadedKey? TryOpen(string path, string? passphrase, string certificate, SshTarget target)
    {
        try
        {
            return new LoadedKey(new PrivateKeyFile(path, passphrase, certificate), target.Algorithms.UserKeys);
        }
        catch (ArgumentException)
        {
            // SSH.NET's word for a certificate of another key.
            return null;
        }
    }
}
