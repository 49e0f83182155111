namespace XenMigrate.Lab.Tests;

[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class OfflineMoveTests
{
    [LabFact]
    public void A_guest_moves_offline_there_and_back()
    {
        using ModuleSession module = new();
        long beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", 0);

        foreach ((string from, string to) in new[] { (Lab.Host08, Lab.Host07), (Lab.Host07, Lab.Host08) })
        {
            Outcome move = module.Run($"Move-Guest testvm1 -ComputerName {from} -Destination {to} -Force");

            Assert.Empty(move.Errors);
            MigrationResult result = Assert.IsType<MigrationResult>(move.Single.BaseObject);
            Assert.Equal((MigrationOutcome.Succeeded, MigrationMode.Offline, to), (result.Outcome, result.Mode, result.ComputerName));
            Assert.Equal(DowntimeBasis.Commands, result.DowntimeBasis);
            Assert.Equal([to], Lab.WhereRunning("testvm1"));
            Assert.Empty(Images());
            beat = Lab.WaitForHeartbeat(to, "testvm1", beat);
        }
    }

    [LongLabFact]
    public void An_offline_move_that_the_destination_refuses_leaves_the_guest_where_it_was()
    {
        using ModuleSession module = new();
        long beat = Lab.StartOn07();
        using IDisposable spoilt = Breakage.MissingBridge.Apply();

        Outcome move = module.Run("Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -SkipCheck * -Force");

        MigrationResult result = Assert.IsType<MigrationResult>(move.Single.BaseObject);
        Assert.True((result.Outcome, result.ErrorId) == (MigrationOutcome.FailedSourceRunning, "BridgeMissing"), $"{result} {result.Message}");
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm1"));
        Assert.DoesNotContain("testvm1", Lab.Guests(Lab.Host08));
        Assert.Empty(Images());
        _ = Lab.WaitForHeartbeat(Lab.Host07, "testvm1", beat);
    }

    private static string[] Images() => Lab.Run(Lab.Host07, "ls -A /var/lib/libvirt/images")
        .Split('\n')
        .Where(name => name.Contains(".save", StringComparison.Ordinal))
        .ToArray();
}
