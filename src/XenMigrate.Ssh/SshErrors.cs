using Renci.SshNet.Messages.Transport;

namespace XenMigrate.Ssh;

/// <summary>The only place that knows SSH.NET's exceptions. It turns them into ours.</summary>
internal static class SshErrors
{
    /// <summary>Runs an action of SSH.NET's; what it throws becomes what <paramref name="translate"/> says.</summary>
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> action, Func<Exception, XenMigrateException> translate)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (SshException e)
        {
            throw translate(e);
        }
        catch (SocketException e)
        {
            throw translate(e);
        }
        catch (IOException e)
        {
            throw translate(e);
        }
        catch (InvalidOperationException e)
        {
            // Among them ObjectDisposedException: the connection was closed under our feet.
            throw translate(e);
        }
    }

    /// <summary>Why a connection could not be made.</summary>
    public static XenMigrateException Connecting(SshTarget target, SshAuthentication authentication, Exception e)
    {
        string through = target.Jump is null ? "" : $" (through {target.Jump.Name})";
        return e switch
        {
            SshAuthenticationException => new AuthenticationFailedException(
                target.Name, target.UserName, Refused(e, authentication), e),
            SshConnectionException { DisconnectReason: DisconnectReason.KeyExchangeFailed } => new HostUnreachableException(
                target.Name,
                $"{e.Message.TrimEnd('.')}{through}. Weak algorithms (SHA-1, CBC) are off unless the ssh configuration names them: " +
                "KexAlgorithms, Ciphers, MACs, HostKeyAlgorithms.",
                e),
            SshOperationTimeoutException => new HostUnreachableException(
                target.Name, $"it did not answer in time{through}.", e),
            SocketException socket => new HostUnreachableException(target.Name, socket.Message + through + ".", e),
            _ => new HostUnreachableException(target.Name, e.Message.TrimEnd('.') + through + ".", e),
        };
    }

    /// <summary>Why a connection broke while it was used.</summary>
    public static XenMigrateException Running(string host, Exception e) => e switch
    {
        SshConnectionException or SocketException or IOException => new HostDisconnectedException(host, e.Message, e),
        SshOperationTimeoutException => new HostDisconnectedException(host, "it no longer answers.", e),
        ObjectDisposedException => new HostDisconnectedException(host, "it was closed.", e),
        _ => new HostUnreachableException(host, e.Message, e),
    };

    private static string Refused(Exception e, SshAuthentication authentication) =>
        authentication.Skipped.Count == 0
            ? e.Message
            : $"{e.Message} Not tried: {string.Join("; ", authentication.Skipped)}.";
}
