namespace XenMigrate.Checks;

/// <summary>
/// Nobody listens on most of these ports before a move begins. So a port that refuses is open as far as anybody can
/// tell, and one that does not answer at all is closed by somebody in between.
/// </summary>
internal sealed class PortOpenCheck()
    : HostCheck("XM-FW-01", "No packet filter stands between the hosts", CheckCategory.Firewall, "PortUnreachable")
{
    /// <summary>Where libvirt listens for the one move that it expects.</summary>
    private const string LibvirtPorts = "49152:49216";

    private const string NotTried = "no port of the destination was tried";

    protected override Finding Examine(PairFacts pair) => Examine(pair, new Moving(Live: true));

    protected override Finding Examine(PairFacts pair, Moving moving) => pair.Toolstack switch
    {
        not (ToolstackKind.Xl or ToolstackKind.Libvirt) => OfXend(pair),
        // Whose the guests are counts, where a host has both.
        _ when pair.MayGoBy(ToolstackKind.Libvirt) => OfLibvirt(pair),
        _ => moving.Live ? OfSsh(pair) : Skipped("Only a live move needs it."),
    };

    private static Finding OfSsh(PairFacts pair)
    {
        if (pair.Ssh.Value is not { } ssh)
        {
            return Unknown(pair.Ssh);
        }

        return ssh.BootId is not null ? Passed($"{pair.Source.Host} reaches the ssh port of {pair.MigrationAddress}.", pair.Ssh.Evidence)
            : Evaluate(pair, "22", ssh.Said, "XM-CON-02", pair.Ssh.Evidence);
    }

    private static Finding OfLibvirt(PairFacts pair)
    {
        if (pair.Libvirt is null || pair.Libvirt.Value?.Port is not { } probe)
        {
            return Unknown(pair.Libvirt ?? Answer<LibvirtProbe>.None(pair.Source.Host, pair.Source.SessionProblem ?? NotTried));
        }

        return !probe.CouldNotTry
            ? Evaluate(pair, LibvirtPorts, probe, pair.Libvirt.Evidence.Command, pair.Libvirt.Evidence)
            : new Finding(CheckStatus.Warning, $"{pair.Source.Host} has no nc that could try the ports {LibvirtPorts} of {pair.MigrationAddress}.")
            {
                Remediation = $"Install nc on {pair.Source.Host}, or see on {pair.Destination.Host} that no packet filter drops them: iptables -L INPUT -n",
                Evidence = pair.Libvirt.Evidence,
            };
    }

    private static Finding OfXend(PairFacts pair) => pair.Probe?.Value is { } probe
        ? Evaluate(pair, probe.Port.ToString(CultureInfo.InvariantCulture), probe, "XM-REL-03", pair.Probe.Evidence)
        : Unknown(pair.Probe ?? Answer<RelocationProbe>.None(pair.Source.Host, pair.Source.SessionProblem ?? NotTried));

    private static Finding Evaluate(PairFacts pair, string ports, RelocationProbe probe, string other, Evidence evidence) => probe.Answered
        ? Passed($"{pair.Source.Host} reaches {pair.MigrationAddress}, port {probe.Port}.", evidence)
        : Evaluate(pair, ports, probe.Error, other, evidence);

    private static Finding Evaluate(PairFacts pair, string port, string said, string other, Evidence evidence) => PortAnswers.Of(said) switch
    {
        PortAnswer.Refused => Passed($"{pair.MigrationAddress} refuses {pair.Source.Host} on port {port} itself, so nothing in between does.", evidence),
        PortAnswer.Filtered => new Finding(
            CheckStatus.Failed, $"{pair.Source.Host} gets no answer from {pair.MigrationAddress}, port {port}: {said}")
        {
            Expected = "a connection, or a refusal by the host itself",
            Actual = said,
            Remediation = $"On {pair.Destination.Host}, open the port to {pair.Source.Host}: iptables -I INPUT -p tcp --dport {port} -s {pair.Source.Host} -j ACCEPT. "
                + $"If {pair.MigrationAddress} is not its address on the right network (on {pair.Source.Host}: getent hosts {pair.MigrationAddress}), give another as -MigrationAddress.",
            Evidence = evidence,
        },
        _ => Skipped($"Whether a packet filter is the reason is not told: see {other}."),
    };
}
