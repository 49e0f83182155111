namespace XenMigrate.Simulation.Libvirt;

/// <summary>What virsh prints.</summary>
internal static class VirshText
{
    /// <summary>A word on each guest's state, and its XML.</summary>
    public static string Domains(SimulatedHost host) =>
        "running\n\n<domain type='xen' id='0'><name>Domain-0</name><uuid>00000000-0000-0000-0000-000000000000</uuid><memory unit='KiB'>409600</memory><vcpu>1</vcpu><os><type>linux</type></os></domain>\n"
        + string.Concat(host.Copies.Select(copy => string.Create(
            CultureInfo.InvariantCulture,
            $"{(copy.Runs ? "running" : "paused")}\n\n<domain type='xen' id='{copy.Id}'><name>{copy.Name}</name><uuid>{copy.Guest.Uuid}</uuid><memory unit='KiB'>131072</memory><vcpu>1</vcpu><os><type>linux</type></os><devices><disk type='file' device='disk'><driver type='raw'/><source file='/images/{copy.Guest.Name}.img'/><target dev='xvda'/></disk><interface type='bridge'><mac address='00:16:3e:77:00:66'/><source bridge='xenbr1'/></interface></devices></domain>\n")));
}
