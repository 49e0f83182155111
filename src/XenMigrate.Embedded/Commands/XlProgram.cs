namespace XenMigrate.Embedded.Commands;

/// <summary>
/// xl, as far as a host shows by it that it has it and no guests: enough to see what becomes of hosts of two toolstacks.
/// </summary>
internal sealed class XlProgram(Machine machine, Hypervisor hypervisor)
{
    public void AddTo(ProgramTable table) => table.Add("xl", Run);

    private int Run(Invocation call) => (machine.HasXl, string.Join(' ', call.Arguments)) switch
    {
        (false, _) => call.FailAsMissing(),
        (_, "info") => Write(call, Information()),
        (_, "list") => Write(
            call,
            FormattableString.Invariant(
                $"""
                Name                                        ID   Mem VCPUs	State	Time(s)
                Domain-0                                     0 {Hypervisor.ControlDomainMB,5}     2     r-----      12.0

                """)),
        (_, "list -l") => Write(call, "[\n\n]\n"),
        _ => call.Fail($"xl: command '{string.Join(' ', call.Arguments)}' is not implemented"),
    };

    private static int Write(Invocation call, string text)
    {
        call.Write(text);
        return 0;
    }

    private string Information() => FormattableString.Invariant(
        $"""
        host                   : {machine.Profile.FullName}
        machine                : x86_64
        nr_cpus                : 2
        cpu_mhz                : {machine.Processor.MHz:0.000}
        hw_caps                : bfebfbff:0004e3bd:20100800:00000001:00000000:00000000:00000000:00000000
        virt_caps              : pv shadow
        total_memory           : {Hypervisor.TotalMB}
        free_memory            : {hypervisor.FreeMB}
        xen_major              : {machine.Xen.Major}
        xen_minor              : {machine.Xen.Minor}
        xen_extra              : {machine.Xen.Extra}
        xen_version            : {machine.Xen}
        xen_caps               : xen-3.0-x86_64
        xen_scheduler          : credit2

        """);
}
