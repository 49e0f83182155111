namespace XenMigrate.Embedded.Pair;

/// <summary>The programs that a host of the pair has, each with what it needs of the host.</summary>
internal static class InstalledPrograms
{
    public static void AddTo(EmbeddedHost host, FileTree sharedStorage, LeaseBook leases, TransferTimes times)
    {
        ProgramTable table = host.Programs;
        ControlDomain dom0 = host.Dom0;
        (HostFiles files, Machine machine, Hypervisor hypervisor, HostProfile own) = (dom0.Files, dom0.Machine, dom0.Hypervisor, host.Profile);
        new FilePrograms(files).AddTo(table);
        new FileChangePrograms(files).AddTo(table);
        new FileTypeProgram(files).AddTo(table);
        new FileScripts(files).AddTo(table);
        new TextPrograms(files).AddTo(table);
        new TailProgram(files, machine).AddTo(table);
        new StatPrograms(files).AddTo(table);
        new ReplaceProgram(files).AddTo(table);
        new RecentLinesScript(files, machine).AddTo(table);
        new MountPrograms(files, sharedStorage, own, other => host.Peer(other) is { Machine.IsOn: true } server ? server.Files : null).AddTo(table);
        new SystemPrograms(machine).AddTo(table);
        new TimeServerProgram(machine).AddTo(table);
        new ProcessPrograms(dom0.Processes, own).AddTo(table);
        new NetworkPrograms(dom0.Bridge, hypervisor, own).AddTo(table);
        new SocketPrograms(dom0.Network, host.Xend, own).AddTo(table);
        new ServiceProgram(host.Xend, own).AddTo(table);
        new XenstoreProgram(machine, hypervisor).AddTo(table);
        new GuardProgram(leases, machine, hypervisor).AddTo(table);
        WrapperPrograms.AddTo(table);

        XmMigrateProgram migrate = new(host.Xend, host.Domains, move => new XendSender(dom0, move, host.Peer(move.Destination).Xend.Settle, times));
        new XmProgram(machine, hypervisor, host.Xend, host.Domains, new XmListProgram(machine, hypervisor, host.Domains), migrate).AddTo(table);
        new XlProgram(machine, hypervisor).AddTo(table);
        new VirshProgram(hypervisor, host.Xend, host.Domains, migrate).AddTo(table);
    }
}
