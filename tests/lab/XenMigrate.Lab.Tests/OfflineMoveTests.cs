using XenMigrate.Migration;

namespace XenMigrate.Lab.Tests;

[Collection("Lab")]
public sealed class OfflineMoveTests
{
    [LabFact]
    public void A_guest_moves_offline_there_and_back()
    {
        using ModuleSession module = new();
        long beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", 0);

        foreach ((string from, string to) in new[] { (Lab.Host08, Lab.Host07), (Lab.Host07, Lab.Host08) })
        {
            Outcome move = module.Run($"Move-Guest testvm1 -ComputerName {from} -Destination {to}");

            Assert.Empty(move.Errors);
            MigrationResult result = Assert.IsType<MigrationResult>(move.Single.BaseObject);
            Assert.Equal((MigrationOutcome.Succeeded, MigrationMode.Offline, to), (result.Outcome, result.Mode, result.ComputerName));
            Assert.Equal(DowntimeBasis.Commands, result.DowntimeBasis);
            Assert.Equal([to], Lab.WhereRunning("testvm1"));
            Assert.Empty(Images());
            beat = Lab.WaitForHeartbeat(to, "testvm1", beat);
        }
    }

    [LabFact]
    public void An_offline_move_that_the_destination_refuses_leaves_the_guest_where_it_was()
    {
        using ModuleSession module = new();
        long beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", 0);
        Breakage.MissingBridge.Break(Lab.Host07);

        Outcome move = module.Run("Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -SkipCheck *");

        MigrationResult result = Assert.IsType<MigrationResult>(move.Single.BaseObject);
        Assert.Equal((MigrationOutcome.FailedSourceRunning, "BridgeMissing"), (result.Outcome, result.ErrorId));
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
        Assert.Empty(Lab.Guests(Lab.Host07));
        Assert.Empty(Images());
        _ = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", beat);
    }

    private static string[] Images() => Lab.Run(Lab.Host07, "ls -A /var/lib/libvirt/images")
        .Split('\n')
        .Where(name => name.Contains(".save", StringComparison.Ordinal))
        .ToArray();
}
