namespace XenMigrate.Lab.Tests;

/// <summary>PVH and HVM guests that libvirt knows.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class LibvirtUnmodifiedGuestTests
{
    [LongHvmTheory]
    [InlineData(GuestType.PVH)]
    [InlineData(GuestType.HVM)]
    public void It_moves_live_and_back(GuestType type)
    {
        using ModuleSession module = new();
        LabGuest guest = LabGuest.Idle with { Name = type.ToString().ToLowerInvariant() + "l", Type = type };
        guest.StartByLibvirt();
        foreach ((string from, string to) in new[] { (Lab.Host08, Lab.Host07), (Lab.Host07, Lab.Host08) })
        {
            Guest listed = (Guest)module.Run($"Get-Guest {guest.Name} -ComputerName {from}").Single.BaseObject;
            Assert.Equal((ToolstackKind.Libvirt, type), (listed.Toolstack, listed.Type));
            long beat = Lab.LastHeartbeat(from, guest.Name);

            MigrationResult moved = Assert.IsType<MigrationResult>(
                module.Run($"Move-Guest {guest.Name} -ComputerName {from} -Destination {to} -Live").Single.BaseObject);

            Assert.True((moved.Outcome, moved.ComputerName) == (MigrationOutcome.Succeeded, to), moved.Message);
            Assert.Equal([to], Lab.WhereRunning(guest.Name));
            Assert.Contains(guest.Name, Lab.Run(to, "virsh -c xen:///system list --name"), StringComparison.Ordinal);
            _ = Lab.WaitForHeartbeat(to, guest.Name, beat);
        }
    }
}
