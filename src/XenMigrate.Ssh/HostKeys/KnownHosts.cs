namespace XenMigrate.Ssh;

/// <summary>The known_hosts lines that are for one host.</summary>
internal sealed class KnownHosts
{
    private readonly List<KnownHostsLine> _lines;

    /// <param name="texts">The contents of the known_hosts files.</param>
    /// <param name="name">The host's name in them.</param>
    public KnownHosts(IEnumerable<string> texts, string name)
    {
        _lines = [.. texts
            .SelectMany(text => text.Split('\n'))
            .Select(KnownHostsLine.Parse)
            .OfType<KnownHostsLine>()
            .Where(line => line.IsFor(name))];
    }

    /// <summary>The types of key that the host is known by, in the files' order.</summary>
    public IReadOnlyList<string> KeyTypes =>
        [.. Of(HostKeyMarker.None).Select(line => line.KeyType).Distinct()];

    public HostKeyVerdict Evaluate(HostKey key)
    {
        if (Of(HostKeyMarker.Revoked).Any(line => key.Is(line.Key)))
        {
            return new(HostKeyVerdictKind.Rejected, "known_hosts says that this key was revoked");
        }

        if (Of(HostKeyMarker.None).Any(line => key.Is(line.Key)))
        {
            return new(HostKeyVerdictKind.Known);
        }

        // We ask for the known types first. A host that shows another type has no longer the keys it is known by.
        if (KeyTypes.Count > 0)
        {
            return new(
                HostKeyVerdictKind.Rejected,
                KeyTypes.Contains(key.Type)
                    ? "known_hosts has another key for it"
                    : $"known_hosts knows it by another type of key ({string.Join(", ", KeyTypes)})");
        }

        return new(
            HostKeyVerdictKind.Unknown,
            Of(HostKeyMarker.CertificateAuthority).Any()
                ? "known_hosts has only a @cert-authority line for it, and host certificates are not supported"
                : null);
    }

    private IEnumerable<KnownHostsLine> Of(HostKeyMarker marker) => _lines.Where(line => line.Marker == marker);
}
