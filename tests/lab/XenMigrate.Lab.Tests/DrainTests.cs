namespace XenMigrate.Lab.Tests;

[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class DrainTests
{
    [LongLabFact]
    public void A_host_is_emptied_two_guests_at_a_time_and_filled_again()
    {
        using ModuleSession module = new();
        string folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;
        long beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", 0);

        Outcome away = module.Run(
            $"Suspend-MigrationHost et-virt08 -Drain -Destination et-virt07 -ThrottleLimit 2 -LogPath '{folder}' -Confirm:$false");

        Assert.Empty(away.Errors);
        Assert.Equal(["testvm1 Succeeded et-virt07", "testvm2 Succeeded et-virt07"], Results(away));
        Assert.Empty(Lab.Guests(Lab.Host08));
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm1"));
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm2"));
        Assert.True((bool)module.Run(
            $"$a, $b = Get-GuestMigration -LogPath '{folder}'; $a.BeganAt -lt $b.EndedAt -and $b.BeganAt -lt $a.EndedAt").Single.BaseObject);

        Outcome back = module.Run($"Resume-MigrationHost et-virt08 -Failback -ThrottleLimit 2 -LogPath '{folder}' -Confirm:$false");

        Assert.Empty(back.Errors);
        Assert.Equal(["testvm1 Succeeded et-virt08", "testvm2 Succeeded et-virt08"], Results(back));
        Assert.Empty(Lab.Guests(Lab.Host07));
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm2"));
        _ = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", beat);
        Directory.Delete(folder, recursive: true);
    }

    private static string[] Results(Outcome outcome) =>
    [
        .. outcome.Output.Select(item => Assert.IsType<MigrationResult>(item.BaseObject))
            .Select(result => $"{result.Name} {result.Outcome} {result.ComputerName}").Order(),
    ];
}
