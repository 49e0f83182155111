namespace XenMigrate.Checks;

/// <summary>A running guest has chosen its code by the maker of its CPU, and does not choose again.</summary>
internal sealed class CpuVendorCheck() : HostCheck("XM-CPU-01", "Both hosts have CPUs of one maker", CheckCategory.Cpu, "CpuIncompatible")
{
    protected override Finding Examine(PairFacts pair)
    {
        Answer<Processor> here = pair.Source.Machine.Processor;
        Answer<Processor> there = pair.Destination.Machine.Processor;
        if (here.Value is not { } source || there.Value is not { } destination)
        {
            return Unknown(here.Value is null ? here : there);
        }

        return source.Vendor == destination.Vendor
            ? Passed($"Both have CPUs of {source.Vendor}.", there.Evidence)
            : new Finding(
                CheckStatus.Failed,
                $"{pair.Source.Host} has a CPU of {source.Vendor} ({source.Model}), {pair.Destination.Host} one of {destination.Vendor} ({destination.Model}).")
            {
                Expected = source.Vendor,
                Actual = destination.Vendor,
                Remediation = $"Choose a destination with CPUs of {source.Vendor}, or shut the guest down on {pair.Source.Host} and start it on {pair.Destination.Host}.",
                Evidence = there.Evidence,
            };
    }
}
