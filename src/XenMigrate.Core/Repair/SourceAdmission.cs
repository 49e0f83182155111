namespace XenMigrate.Repair;

/// <summary>The hosts-allow that lets the source in, and nobody else who was not let in before.</summary>
internal static class SourceAdmission
{
    /// <summary>The new value, or why there is none. A value that lets everybody in is replaced by the source alone.</summary>
    public static (string? Value, string? Problem) Of(PairFacts facts, HostsAllow allow)
    {
        if (allow.IsBroken || allow.LostCharacters)
        {
            return (null, $"xend reads its xend-relocation-hosts-allow ({allow}) otherwise than it was meant, and what was meant "
                + "only its author knows: Set-RelocationConfiguration -HostsAllow");
        }

        // By its name alone nobody can be let in: what it comes as is for the destination's DNS to say.
        string[] addresses = [.. PeerNames.Addresses(facts.Source)];
        if (addresses.Length == 0)
        {
            return (null, $"{facts.Source.Host} tells no address that it could be let in by.");
        }

        string[] missing = [.. addresses.Where(address => allow.AdmitsEverybody || !allow.Admits(address, address))];
        string[] patterns = [.. missing.Select(RelocationPattern.Exact)];
        return patterns.Length == 0
            ? (allow.Value, null)
            : (RelocationPattern.Join(allow.Value.Length == 0 ? patterns : [allow.Value, .. patterns]), null);
    }

    /// <summary>The same for a server that is to be opened, with which an empty value would open it to all.</summary>
    public static RelocationRequest ToOpen(PairFacts facts, HostsAllow allow)
    {
        (string? value, string? problem) = Of(facts, allow);
        return value is not null
            ? new RelocationRequest(new RelocationSettings
            {
                Server = true,
                HostsAllow = string.Equals(value, allow.Value, StringComparison.Ordinal) ? null : value,
            })
            : allow.IsBroken || allow.AdmitsEverybody
                ? RelocationRequest.Leave(problem!)
                : new RelocationRequest(new RelocationSettings { Server = true }, problem);
    }
}
