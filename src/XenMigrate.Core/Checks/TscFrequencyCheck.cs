namespace XenMigrate.Checks;

/// <summary>A guest that reads the time stamp counter itself has learnt its rate when it started.</summary>
internal sealed class TscFrequencyCheck()
    : GuestCheck("XM-CPU-03", "The time stamp counter runs as fast at the destination", CheckCategory.Cpu, "CpuIncompatible")
{
    /// <summary>Two measurements of one rate differ; and what ntpd can make up for is 500 ppm.</summary>
    private const double Tolerated = 0.0005;

    protected override bool NeedsDescription => true;

    protected override Finding Examine(PairFacts pair, Guest guest, Moving moving)
    {
        if (guest.Traits.TscMode is "always_emulate" or "native_paravirt")
        {
            return Passed($"{guest.Name} has tsc_mode {guest.Traits.TscMode}, to which the hosts' rates do not matter.", pair.Source.Guests.Evidence);
        }

        if (MHz(pair.Source) is not { } source)
        {
            return NotKnown(pair.Source);
        }

        if (MHz(pair.Destination) is not { } destination)
        {
            return NotKnown(pair.Destination);
        }

        string found = FormattableString.Invariant(
            $"The time stamp counter runs at {source:0.###} MHz on {pair.Source.Host} and at {destination:0.###} MHz on {pair.Destination.Host}");
        if (Math.Abs(source - destination) <= source * Tolerated)
        {
            return Passed(found + ".", EvidenceOf(pair.Destination));
        }

        bool isNative = guest.Traits.TscMode == "native";
        // PV guests take the rate from Xen, which tells them the new one.
        bool breaks = isNative && guest.Type is (GuestType.HVM or GuestType.PVH);
        return new Finding(
            breaks ? CheckStatus.Failed : CheckStatus.Warning,
            breaks ? $"{found}, and {guest.Name} has tsc_mode native: its clock would run wrong."
            : isNative ? $"{found}, and {guest.Name} has tsc_mode native: programs in it that read the counter themselves would count wrong."
            : $"{found}: Xen may have to emulate it for {guest.Name}, which makes reading the time slower.")
        {
            Expected = FormattableString.Invariant($"{source:0.###} MHz"),
            Actual = FormattableString.Invariant($"{destination:0.###} MHz"),
            Remediation = isNative
                ? $"Start {guest.Name} on {pair.Source.Host} with tsc_mode=\"default\" in its configuration, or choose a destination with the same CPU model."
                : $"Nothing, if {guest.Name} reads the time seldom; else choose a destination with the same CPU model.",
            Evidence = EvidenceOf(pair.Destination),
        };
    }

    private static Evidence EvidenceOf(HostFacts host) =>
        host.Xen.Value?.ProcessorMHz is null ? host.Machine.Processor.Evidence : host.Xen.Evidence;

    /// <summary>Xen's own word if it has one; the control domain sees the same counter.</summary>
    private static double? MHz(HostFacts host) => host.Xen.Value?.ProcessorMHz ?? host.Machine.Processor.Value?.MHz;

    private static Finding NotKnown(HostFacts host) => host.Machine.Processor.Value is null
        ? Unknown(host.Machine.Processor)
        : Unknown(
            $"{host.Host} does not tell how fast its time stamp counter runs.",
            $"Compare on both hosts: {host.Toolstack?.Tool() ?? "xl"} info, or {Processor.Command}",
            host.Machine.Processor.Evidence);
}
