namespace XenMigrate.Checks;

/// <summary>
/// xl carries the memory over an ssh that it starts on the source, and virsh its talk with the other libvirt: it must ask
/// nothing and say nothing.
/// </summary>
internal sealed class SourceReachesDestinationCheck()
    : HostCheck("XM-CON-02", "The source reaches the destination by ssh, and xl is there", CheckCategory.Connection, "PortUnreachable")
{
    protected override bool OnlyForLive => true;

    protected override ToolstackKind? NotWith => ToolstackKind.Xend;

    protected override Finding Examine(PairFacts pair)
    {
        if (pair.Ssh.Value is not { } ssh)
        {
            return Unknown(pair.Ssh);
        }

        if (HostKeyBetweenHostsCheck.IsHostKeyProblem(ssh))
        {
            return Skipped("The host key is the first thing to mend: see XM-CON-03.");
        }

        if (ssh.BootId is null && PortAnswers.Of(ssh.Said) == PortAnswer.Filtered)
        {
            return Skipped("It is a packet filter, or the wrong address: see XM-FW-01.");
        }

        if (ssh.BootId is null)
        {
            string source = pair.Source.Host;
            string address = pair.MigrationAddress;
            return Failed(
                pair,
                $"ssh from {source} to {address} fails: {(ssh.Shown.Length > 0 ? ssh.Shown : $"exit code {ssh.ExitCode}, and no answer")}",
                $"On {source}, make this work without a question: {SshProbe.Command(address)}. "
                    + "If the source knows the destination by another name, give it as -MigrationAddress.",
                KnownFailures.In([ssh.Said])?.ErrorId is ("AuthenticationFailed" or "SshAlgorithmsDiffer") and { } told ? told : ErrorId);
        }

        return ExamineConnection(pair, ssh);
    }

    private Finding ExamineConnection(PairFacts pair, SshProbe ssh)
    {
        string source = pair.Source.Host;
        string address = pair.MigrationAddress;
        if (ssh.Noise.Length > 0)
        {
            return Failed(
                pair,
                $"The login shell of {address} writes to standard output, which spoils what is sent: {FirstLine(ssh.Noise)}",
                $"On {pair.Destination.Host}, let ~/.bashrc, /etc/profile.d and the like write nothing for a non-interactive shell.",
                "TransportBroken");
        }

        if (pair.Destination.BootId.Value is not { } expected)
        {
            // It may be another machine that was reached.
            return Unknown(pair.Destination.BootId);
        }

        if (expected != ssh.BootId)
        {
            return Failed(
                pair,
                $"{source} reaches another machine as {address} than the {pair.Destination.Host} that you are connected to.",
                $"Correct the name in DNS or /etc/hosts on {source}, or give the right one as -MigrationAddress.",
                ErrorId);
        }

        return ssh.XlPath is null && pair.MayGoBy(ToolstackKind.Xl)
            ? Failed(
                pair,
                $"A non-interactive shell on {pair.Destination.Host} finds no xl in its PATH.",
                $"On {pair.Destination.Host}, install xl or put its folder into the PATH of non-interactive shells.",
                "ToolstackNotFound")
            : Passed(
                $"ssh from {source} to {address} works, is silent, and finds {ssh.XlPath ?? "no xl, which libvirt does not need"}.",
                pair.Ssh.Evidence);
    }

    private static Finding Failed(PairFacts pair, string message, string remediation, string errorId) =>
        new(CheckStatus.Failed, message)
        {
            Expected = "a silent ssh in batch mode that finds xl",
            Actual = message,
            Remediation = remediation,
            Evidence = pair.Ssh.Evidence,
            ErrorId = errorId,
        };

    private static string FirstLine(string text) =>
        text.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "an empty line";
}
