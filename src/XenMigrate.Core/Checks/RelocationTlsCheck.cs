namespace XenMigrate.Checks;

/// <summary>xm migrate goes by TLS where the source's configuration says so; the destination has to take guests that way.</summary>
internal sealed class RelocationTlsCheck()
    : HostCheck("XM-REL-07", "The destination takes guests by TLS if the source sends them so", CheckCategory.Relocation, "RelocationDisabled")
{
    /// <summary>The first version whose xm migrate knows TLS.</summary>
    private static readonly Version s_knowsTls = new(3, 3);

    protected override ToolstackKind? OnlyWith => ToolstackKind.Xend;

    protected override Finding Examine(PairFacts pair)
    {
        if (pair.Source.XendConfiguration is not { Value: { } here } own)
        {
            return Unknown(pair.Source.XendConfiguration);
        }

        if (pair.Destination.XendConfiguration is not { Value: { } there } other)
        {
            return Unknown(pair.Destination.XendConfiguration);
        }

        if (!here.RelocationSsl)
        {
            return Passed($"{pair.Source.Host} sends guests without TLS: their memory can be read on the network.", own.Evidence);
        }

        if (pair.Source.Xen.Value is { } xen && xen.Version < s_knowsTls)
        {
            return Passed($"{pair.Source.Host} has Xen {xen.VersionText}, which knows no TLS and overlooks its xend-relocation-ssl.", own.Evidence);
        }

        if (!there.RelocationSslServer)
        {
            return Wrong(
                pair,
                other,
                $"{pair.Source.Host} sends guests by TLS, and {pair.Destination.Host} does not take them so: its xend-relocation-ssl-server is no.",
                ("(xend-relocation-ssl-server yes)", "no, or no such line"),
                "write (xend-relocation-ssl-server yes), with a key file and a certificate file, into",
                "RelocationDisabled");
        }

        // The source has no other word on the port than its own.
        if (here.RelocationSslPort != there.RelocationSslPort)
        {
            return Wrong(
                pair,
                other,
                $"{pair.Source.Host} sends guests by TLS to port {here.RelocationSslPort}, and {pair.Destination.Host} takes them at {there.RelocationSslPort}.",
                (Port(here), Port(there)),
                $"write {Port(here)} into",
                "PortUnreachable");
        }

        return ExamineListeners(pair, there, other);
    }

    private static Finding ExamineListeners(PairFacts pair, XendConfiguration there, Answer<XendConfiguration> asked)
    {
        RelocationFacts relocation = pair.Destination.Relocation!;
        if (relocation.Listeners.Value is null)
        {
            return Unknown(relocation.Listeners);
        }

        return relocation.At(there.RelocationSslPort).Any(listener => !listener.IsLocal)
            ? Passed($"{pair.Source.Host} sends guests by TLS, and {pair.Destination.Host} takes them at port {there.RelocationSslPort}.", asked.Evidence)
            : Wrong(
                pair,
                asked,
                $"{pair.Destination.Host} is to take guests by TLS at port {there.RelocationSslPort}, and nobody listens there.",
                ("a listener at that port", "none"),
                "see /var/log/xen/xend.log for what is wrong with its key or certificate, which are named in",
                "PortUnreachable");
    }

    private static string Port(XendConfiguration configuration) =>
        FormattableString.Invariant($"(xend-relocation-ssl-port {configuration.RelocationSslPort})");

    private static Finding Wrong(
        PairFacts pair, Answer<XendConfiguration> there, string message, (string Expected, string Actual) found, string remedy, string errorId) =>
        new(CheckStatus.Failed, message)
        {
            Expected = found.Expected,
            Actual = found.Actual,
            Remediation = $"On {pair.Destination.Host}, {remedy} {XendConfiguration.Path}, then: service xend restart. "
                + $"Or, on {pair.Source.Host}, write (xend-relocation-ssl no).",
            ErrorId = errorId,
            Evidence = there.Evidence,
        };
}
