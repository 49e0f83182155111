namespace XenMigrate.Embedded.Commands;

/// <summary>xm list and xm list --long.</summary>
internal sealed class XmListProgram(Machine machine, Hypervisor hypervisor, XendDomains domains)
{
    public int Run(Invocation call, Options options)
    {
        bool all = options.Operands.Count == 0;
        bool control = all || options.Operands[0] is "0" or "Domain-0";
        IReadOnlyList<Domain> shown = all ? hypervisor.Domains
            : control ? []
            : [domains.Get(options.Operands[0])];

        // A paravirtual dom0 uses a little, all the time.
        double seconds = Math.Max(0, (machine.Now() - machine.BootedAt).TotalSeconds) / 1000;
        if (options.Has("l"))
        {
            call.Write(control ? DomainSxp.LongControlDomain(Hypervisor.ControlDomainMB, seconds) : "");
            foreach (Domain domain in shown)
            {
                call.Write(DomainSxp.Long(domain));
            }

            return 0;
        }

        call.WriteLine("Name                                        ID   Mem VCPUs      State   Time(s)");
        if (control)
        {
            Row(call, "Domain-0", 0, Hypervisor.ControlDomainMB, 2, "r-----", seconds);
        }

        foreach (Domain domain in shown)
        {
            Row(call, domain.Guest.Name, domain.Id, domain.Configuration.MemoryMB, domain.IsComing ? 0 : domain.Configuration.VirtualCpus, domain.State, domain.CpuTime.TotalSeconds);
        }

        return 0;
    }

    private static void Row(Invocation call, string name, int id, int memory, int cpus, string state, double seconds) =>
        call.WriteLine(string.Format(
            CultureInfo.InvariantCulture, "{0,-40} {1,5} {2,5} {3,5} {4,10} {5,8:0.0}", name, id, memory, cpus, state, seconds));
}
