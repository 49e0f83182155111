namespace XenMigrate.Checks;

/// <summary>
/// PV guests count time from the hypervisor's start. Kernels that do not make up for a lower count at the destination
/// let timers wait until it has caught up: processes sleep on, and clocks stand or jump.
/// </summary>
internal sealed class UptimeOrderCheck()
    : GuestCheck("XM-TIM-03", "The destination is not up for less time than the source, for a PV guest", CheckCategory.Time, "ClockSkewExceeded")
{
    public override CheckSeverity Severity => CheckSeverity.Warning;

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (guest.Type is GuestType.HVM or GuestType.PVH)
        {
            return Skipped($"It is about PV guests, and {guest.Name} is {guest.Type}.");
        }

        Answer<Uptime> here = pair.Source.Machine.Uptime;
        Answer<Uptime> there = pair.Destination.Machine.Uptime;
        if (here.Value is not { Value: var source } || there.Value is not { Value: var destination })
        {
            return Unknown(here.Value is null ? here : there);
        }

        string found = $"{pair.Destination.Host} is up for {Durations.Words(destination)}, {pair.Source.Host} for {Durations.Words(source)}";
        return destination >= source
            ? Passed(found + ".", there.Evidence)
            : new Finding(
                CheckStatus.Warning,
                $"{found}: an old kernel in PV guest {guest.Name} may let timers wait until the difference has passed.")
            {
                Expected = $"at least {Durations.Words(source)}",
                Actual = Durations.Words(destination),
                Remediation = $"Nothing, if {guest.Name} has Linux 5.0 or newer. Else look after the move whether processes in it wake up, "
                    + $"and keep NTP running in it; or move it to a host that is up for longer than {pair.Source.Host}.",
                Evidence = there.Evidence,
            };
    }
}
