namespace XenMigrate.Checks;

/// <summary>The source's xend connects to the port that is its own by configuration, whatever the destination's is.</summary>
internal sealed class RelocationPortCheck()
    : HostCheck("XM-REL-02", "Both hosts have one relocation port, and the destination listens on it", CheckCategory.Relocation, "PortUnreachable")
{
    protected override ToolstackKind? OnlyWith => ToolstackKind.Xend;

    protected override Finding Examine(PairFacts pair)
    {
        if (pair.Source.XendConfiguration.Value is not { } here)
        {
            return Unknown(pair.Source.XendConfiguration);
        }

        if (pair.Destination.XendConfiguration.Value is not { } there)
        {
            return Unknown(pair.Destination.XendConfiguration);
        }

        if (!there.RelocationServer)
        {
            return Skipped($"{pair.Destination.Host} takes no guests at all: see XM-REL-01.");
        }

        return here.RelocationPort == there.RelocationPort
            ? Listens(pair, there.RelocationPort)
            : Failed(
                pair.Destination.XendConfiguration.Evidence,
                $"{pair.Source.Host} has relocation port {here.RelocationPort}, {pair.Destination.Host} has {there.RelocationPort}; "
                    + "xend connects to the port that is its own.",
                here.RelocationPort,
                $"port {there.RelocationPort}",
                $"Write the same (xend-relocation-port …) into {XendConfiguration.Path} on both hosts, then on both: service xend restart");
    }

    private static Finding Listens(PairFacts pair, int port)
    {
        string host = pair.Destination.Host;
        RelocationFacts relocation = pair.Destination.Relocation!;
        if (relocation.Listeners.Value is null)
        {
            // Somebody answered there, which is as good as a list.
            return pair.Probe?.Value is { Answered: true } probe && probe.Port == port
                ? Passed($"{host} answers on port {port}.", pair.Probe.Evidence)
                : Unknown(relocation.Listeners);
        }

        Listener[] listeners = [.. relocation.At(port)];
        if (listeners.Length == 0)
        {
            return Failed(
                relocation.Listeners.Evidence,
                $"Nothing listens on port {port} of {host}, although its configuration says so.",
                port,
                "no listener",
                $"xend reads its configuration when it starts. On {host}: service xend restart, then see /var/log/xen/xend.log");
        }

        return listeners.All(listener => listener.IsLocal)
            ? Failed(
                relocation.Listeners.Evidence,
                $"{host} listens on port {port} for itself only ({listeners[0].Address}).",
                port,
                listeners[0].Address,
                $"On {host}, write (xend-relocation-address '') or the address of the right network into {XendConfiguration.Path}, then: service xend restart")
            : Passed($"{listeners[0].Program} on {host} listens on port {port}.", relocation.Listeners.Evidence);
    }

    private static Finding Failed(Evidence evidence, string message, int port, string actual, string remediation) =>
        new(CheckStatus.Failed, message)
        {
            Expected = $"a listener on port {port}",
            Actual = actual,
            Remediation = remediation,
            Evidence = evidence,
        };
}
