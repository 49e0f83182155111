namespace XenMigrate.Lab.Tests;

/// <summary>What libvirt's lock spoils, only a reset mends: so this has hosts of its own.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class LibvirtFailureTests(LibvirtGuestOn07 guest) : IClassFixture<LibvirtGuestOn07>
{
    [LabFact]
    public void A_move_that_libvirt_refuses_leaves_one_copy_and_tells_of_the_lock()
    {
        _ = Lab.Run(
            Lab.Host08, "lab-guest-xml testvm1 10.77.0.109 96 > /root/clash.xml && virsh -c xen:///system create --paused /root/clash.xml");
        long beat = Lab.LastHeartbeat(Lab.Host07, "testvm1");

        Outcome move = guest.Module!.Run("Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live -SkipCheck *");

        MigrationResult result = Assert.IsType<MigrationResult>(move.Single.BaseObject);
        Assert.True((result.Outcome, result.ErrorId) == (MigrationOutcome.FailedSourceRunning, "NameCollision"), $"{result} {result.Message}");
        Assert.Contains("On et-virt07: systemctl restart libvirtd", result.Message, StringComparison.Ordinal);
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm1"));
        _ = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", beat);
    }
}
