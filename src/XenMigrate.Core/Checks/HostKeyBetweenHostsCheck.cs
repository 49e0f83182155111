namespace XenMigrate.Checks;

internal sealed class HostKeyBetweenHostsCheck()
    : HostCheck("XM-CON-03", "The source knows the destination's host key", CheckCategory.Connection, "HostKeyUnknown")
{
    protected override bool OnlyForLive => true;

    protected override ToolstackKind? NotWith => ToolstackKind.Xend;

    public static bool IsHostKeyProblem(SshProbe ssh) =>
        ssh.BootId is null && KnownFailures.In([ssh.Said])?.ErrorId is "HostKeyUnknown" or "HostKeyChanged";

    protected override Finding Examine(PairFacts pair)
    {
        if (pair.Ssh.Value is not { } ssh)
        {
            return Unknown(pair.Ssh);
        }

        if (ssh.BootId is not null)
        {
            return Passed($"{pair.Source.Host} knows the key of {pair.MigrationAddress}.", pair.Ssh.Evidence);
        }

        return KnownFailures.In([ssh.Said])?.ErrorId switch
        {
            "HostKeyUnknown" => Failed(
                pair,
                "HostKeyUnknown",
                $"{pair.Source.Host} does not know the host key of {pair.MigrationAddress}.",
                $"On {pair.Source.Host}: ssh-keyscan {pair.MigrationAddress} >> ~/.ssh/known_hosts, after comparing the key with "
                    + $"'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub' on {pair.Destination.Host}."),
            "HostKeyChanged" => Failed(
                pair,
                "HostKeyChanged",
                $"{pair.Source.Host} knows another host key for {pair.MigrationAddress} than it was shown.",
                $"Find out why. If {pair.Destination.Host} was installed anew, on {pair.Source.Host}: "
                    + $"ssh-keygen -R {pair.MigrationAddress}, then record the new key."),
            _ => Unknown(
                $"ssh from {pair.Source.Host} to {pair.MigrationAddress} failed before or after the key: {ssh.Shown}",
                "See XM-CON-02.",
                pair.Ssh.Evidence),
        };
    }

    private static Finding Failed(PairFacts pair, string errorId, string message, string remediation) =>
        new(CheckStatus.Failed, message)
        {
            Expected = $"the key of {pair.MigrationAddress} in known_hosts on {pair.Source.Host}",
            Actual = pair.Ssh.Value!.Shown,
            Remediation = remediation,
            Evidence = pair.Ssh.Evidence,
            ErrorId = errorId,
        };
}
