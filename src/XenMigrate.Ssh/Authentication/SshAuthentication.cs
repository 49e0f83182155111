using System.Net;

namespace XenMigrate.Ssh;

/// <summary>The ways to be let in by one host: keys first, then the password.</summary>
internal sealed class SshAuthentication
{
    private readonly string _userName;
    private readonly IReadOnlyList<IPrivateKeySource> _keys;
    private readonly NetworkCredential? _password;
    private readonly IReadOnlyList<string> _allowed;

    private SshAuthentication(
        string userName,
        IReadOnlyList<IPrivateKeySource> keys,
        NetworkCredential? password,
        IReadOnlyList<string> allowed,
        IReadOnlyList<string> skipped)
    {
        _userName = userName;
        _keys = keys;
        _password = password;
        _allowed = allowed;
        Skipped = skipped;
    }

    /// <summary>The keys that could not be tried, and why.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>Loads what the target needs.</summary>
    /// <param name="isJump">A jump host never sees the password: it is the target's.</param>
    public static SshAuthentication Load(SshTarget target, HostConnection connection, bool isJump)
    {
        string? secret = connection.Credential?.Password;
        bool hasSecret = !string.IsNullOrEmpty(secret);
        // With a key file the credential's secret is that key's passphrase, which no host is to see.
        bool isPassword = hasSecret && connection.KeyFilePath is null && !isJump;

        List<string> skipped = [];
        IReadOnlyList<IPrivateKeySource> keys = KeyFiles.Load(target, hasSecret ? secret : null, skipped);
        if (isPassword && !target.Authentications.Any(method => method is "password" or "keyboard-interactive"))
        {
            skipped.Add("the password: the ssh configuration wants no password sent");
        }

        return new SshAuthentication(
            target.UserName, keys, isPassword ? connection.Credential : null, target.Authentications, skipped);
    }

    /// <summary>New methods for a new connection: SSH.NET's keep the state of the one they served.</summary>
    public AuthenticationMethod[] Methods()
    {
        AuthenticationMethod[] methods = [.. _allowed.Select(Method).OfType<AuthenticationMethod>()];
        // SSH.NET wants one; a host that asks for nothing is let us in by this one.
        return methods.Length > 0 ? methods : [new NoneAuthenticationMethod(_userName)];
    }

    private AuthenticationMethod? Method(string name) => name switch
    {
        "publickey" when _keys.Count > 0 => new PrivateKeyAuthenticationMethod(_userName, [.. _keys]),
        "password" when _password is not null => new PasswordAuthenticationMethod(_userName, _password.Password),
        "keyboard-interactive" when _password is not null => Interactive(_password),
        _ => null,
    };

    // Many hosts ask for the password by a prompt of PAM's.
    private KeyboardInteractiveAuthenticationMethod Interactive(NetworkCredential password)
    {
        KeyboardInteractiveAuthenticationMethod method = new(_userName);
        method.AuthenticationPrompt += (_, e) =>
        {
            // A prompt that shows what is typed asks for something else.
            foreach (AuthenticationPrompt prompt in e.Prompts.Where(prompt => !prompt.IsEchoed))
            {
                prompt.Response = password.Password;
            }

            foreach (AuthenticationPrompt prompt in e.Prompts.Where(prompt => prompt.IsEchoed))
            {
                prompt.Response = "";
            }
        };
        return method;
    }
}
