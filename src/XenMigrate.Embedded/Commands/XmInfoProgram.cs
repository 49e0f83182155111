namespace XenMigrate.Embedded.Commands;

/// <summary>What xm info prints, in the fields and order of RHEL 5's.</summary>
internal static class XmInfoProgram
{
    public const string KernelRelease = "2.6.18-398.el5xen";
    public const string KernelVersion = "#1 SMP Tue Aug 12 06:30:31 EDT 2014";

    public static string Text(Machine machine, Hypervisor hypervisor) => FormattableString.Invariant(
        $"""
        host                   : {machine.Profile.FullName}
        release                : {KernelRelease}
        version                : {KernelVersion}
        machine                : x86_64
        nr_cpus                : 2
        nr_nodes               : 1
        sockets_per_node       : 1
        cores_per_socket       : 2
        threads_per_core       : 1
        cpu_mhz                : {(int)machine.Processor.MHz}
        hw_caps                : {machine.Processor.Capabilities}
        total_memory           : {Hypervisor.TotalMB}
        free_memory            : {hypervisor.FreeMB}
        node_to_cpu            : node0:0-1
        xen_major              : {machine.Xen.Major}
        xen_minor              : {machine.Xen.Minor}
        xen_extra              : {machine.Xen.Extra}
        xen_caps               : xen-3.0-x86_64 xen-3.0-x86_32p
        xen_scheduler          : credit
        xen_pagesize           : 4096
        platform_params        : virt_start=0xffff800000000000
        xen_changeset          : unavailable
        cc_compiler            : gcc version 4.1.2 20080704 (Red Hat 4.1.2-55)
        cc_compile_by          : mockbuild
        cc_compile_domain      : redhat.com
        cc_compile_date        : Tue Aug 12 06:14:45 EDT 2014
        xend_config_format     : 2
        xenmigrate             : precopy

        """);
}
