namespace XenMigrate.Checks;

/// <summary>Xen has no form for a virtual NUMA topology in its stream, and says so only when the move begins.</summary>
internal sealed class NoVirtualNumaCheck()
    : GuestCheck("XM-DEV-02", "The guest has no virtual NUMA topology", CheckCategory.Device, "GuestNotSuspendable")
{
    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (guest.Toolstack == ToolstackKind.Xend)
        {
            return Skipped($"It is about vnuma, which xend on {pair.Source.Host} does not know.");
        }

        if (pair.Source.Guests.Value is null)
        {
            return Unknown(pair.Source.Guests);
        }

        return guest.Traits.HasVirtualNuma
            ? new Finding(CheckStatus.Failed, $"{guest.Name} on {pair.Source.Host} has a virtual NUMA topology, which Xen can't move.")
            {
                Expected = "no vnuma",
                Actual = "vnuma",
                Remediation = $"Take vnuma out of {guest.Name}'s configuration, then shut it down and start it again on {pair.Source.Host}.",
                Evidence = pair.Source.Guests.Evidence,
            }
            : Passed($"{guest.Name} has no virtual NUMA topology.", pair.Source.Guests.Evidence);
    }
}
