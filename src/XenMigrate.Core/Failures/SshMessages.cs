namespace XenMigrate.Failures;

/// <summary>What OpenSSH's client says of itself (ssh.c, sshconnect.c, packet.c), and the shell that it starts at the destination.</summary>
internal static class SshMessages
{
    public static readonly IReadOnlyList<FailureCause> All =
    [
        new(
            "HostKeyChanged",
            "WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED|WARNING: REVOKED HOST KEY DETECTED|host key for * has changed and you have requested strict checking"
                + "|host key for * is marked as revoked|host key for * was revoked",
            "Find out why {address} shows another host key than {source} knows. If {destination} was installed anew, on {source}: "
                + "ssh-keygen -R {address}, then record the new key."),
        new(
            "HostKeyUnknown",
            "No * host key is known for|Host key verification failed.",
            "On {source}: ssh-keyscan {address} >> ~/.ssh/known_hosts, after comparing the key with the one of {destination}."),
        new(
            "SshAlgorithmsDiffer",
            "Unable to negotiate with * no matching |no matching host key type found|no matching key exchange method found|no matching cipher found|no matching MAC found"
                + "|Bad server host key: Invalid key length|no hostkey alg|no kex alg",
            "The ssh client of {source} and the server of {destination} have no algorithm in common that both allow. Allow one for this host in "
                + "~/.ssh/config on {source} (HostKeyAlgorithms, KexAlgorithms, Ciphers, MACs), or update the older of the two."),
        new(
            "AuthenticationFailed",
            "Permission denied (|Permission denied, please try again|Too many authentication failures|No supported authentication methods available"
                + "|ssh_askpass: exec|sign_and_send_pubkey: no mutual signature supported",
            "On {source}, make 'ssh -o BatchMode=yes {address} true' work: put the source's public key into ~/.ssh/authorized_keys on {destination}."),
        new(
            "LoginShellUnusable",
            "This account is currently not available.|Please login as the user * rather than the user|Password change required but no TTY available|Your account has expired"
                + "|Account expired",
            "The user may log in to {destination}, but run no commands there. Use another user, or give this one a shell (or a new password) there."),
        new(
            "PortUnreachable",
            "ssh: connect to host |ssh: Could not resolve hostname |nc: connect to |nc: getaddrinfo|during banner exchange"
                + "|Bad owner or permissions on |bad configuration options|stdio forwarding failed|open failed: administratively prohibited|ssh: not found|ssh: command not found",
            "On {source}, make 'ssh {address}' work."),
        new(
            "ToolstackNotFound",
            "xl: not found|xl: command not found|Unknown command: xl|command not found: xl|xl: Command not found|exited with error status 127",
            "On {destination}, see that 'ssh {address} xl info' works from {source}: xl has to be in the PATH of a shell that is not interactive."),
        new(
            "TransportBroken",
            "Broken pipe|Connection reset by|Connection closed by|closed by remote host|Connection to * closed|Timeout, server * not responding"
                + "|kex_exchange_identification: |ssh_exchange_identification: |ssh_dispatch_run_fatal: |Connection corrupted|Bad packet length"
                + "|Read from remote host |packet_write_wait: |packet_write_poll: |Corrupted MAC on input|message authentication code incorrect|Disconnecting: |Received disconnect from",
            "The stream from {source} to {address} broke. See whether {destination} is up, and the log of its sshd; then move again."),
    ];
}
