namespace XenMigrate.Embedded.Commands;

/// <summary>
/// xl, as far as a host shows by it that it has it and no guests: enough to see what becomes of hosts of two toolstacks.
/// </summary>
internal static class XlProgram
{
    public static void AddTo(ProgramTable table) => table.Add("xl", Run);

    private static int Run(Invocation call) => (call.Host.HasXl, string.Join(' ', call.Arguments)) switch
    {
        (false, _) => call.FailAsMissing(),
        (_, "info") => Write(call, Information(call.Host)),
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

    private static string Information(EmbeddedHost host) => FormattableString.Invariant(
        $"""
        host                   : {host.Profile.FullName}
        machine                : x86_64
        nr_cpus                : 2
        cpu_mhz                : {host.Processor.MHz:0.000}
        hw_caps                : bfebfbff:0004e3bd:20100800:00000001:00000000:00000000:00000000:00000000
        virt_caps              : pv shadow
        total_memory           : {Hypervisor.TotalMB}
        free_memory            : {host.Hypervisor.FreeMB}
        xen_major              : {host.Xen.Major}
        xen_minor              : {host.Xen.Minor}
        xen_extra              : {host.Xen.Extra}
        xen_version            : {host.Xen}
        xen_caps               : xen-3.0-x86_64
        xen_scheduler          : credit2

        """);
}
