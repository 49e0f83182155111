namespace XenMigrate.Lab.Tests;

[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class LifecycleTests
{
    [LabFact]
    public void A_guest_is_paused_resumed_destroyed_and_started()
    {
        using ModuleSession module = new();

        Guest paused = (Guest)module.Run("Suspend-Guest testvm1 -ComputerName et-virt08 -PassThru").Single.BaseObject;
        Assert.Equal(GuestState.Paused, paused.State);
        Assert.Empty(Lab.WhereRunning("testvm1"));

        Assert.Empty(module.Run("Get-Guest testvm1 -ComputerName et-virt08 | Resume-Guest").Errors);
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));

        Assert.Empty(module.Run("Get-Guest testvm1 -ComputerName et-virt08 | Stop-Guest -TurnOff -Confirm:$false").Errors);
        Assert.DoesNotContain("testvm1", Lab.Guests(Lab.Host08));

        Guest started = (Guest)module.Run("Start-Guest /etc/xen/testvm1.cfg et-virt07").Single.BaseObject;
        Assert.Equal(("testvm1", Lab.Host07), (started.Name, started.ComputerName));
        Assert.Equal([Lab.Host07], Lab.WhereRunning("testvm1"));
    }

    [LabFact]
    public void Get_Guest_asks_each_host_once()
    {
        using ModuleSession module = new();
        _ = module.Run("Connect-MigrationHost et-virt07, et-virt08");

        Outcome list = module.Run("$lines = Get-Guest -Verbose 4>&1; $lines");

        string[] executions = [.. list.Output.Select(o => o.ToString()!).Where(text => text.Contains("exit code", StringComparison.Ordinal))];
        Assert.Equal(2, executions.Length);
        Assert.Equal(2, list.Output.Count(o => o.BaseObject is Guest));
    }
}
