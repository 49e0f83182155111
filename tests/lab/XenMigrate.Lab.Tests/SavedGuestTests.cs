namespace XenMigrate.Lab.Tests;

[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class SavedGuestTests
{
    private const string Image = "/var/lib/libvirt/images/xenmigrate/testvm1.save";

    [LabFact]
    public void A_guest_goes_on_where_it_was_after_save_and_restore()
    {
        using ModuleSession module = new();
        long beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", 0);

        Outcome save = module.Run($"Save-Guest testvm1 {Image} -ComputerName et-virt08 -PassThru");

        Assert.Empty(save.Errors);
        SavedGuest saved = Assert.IsType<SavedGuest>(save.Single.BaseObject);
        Assert.Equal(("testvm1", Image), (saved.Name, saved.RemotePath));
        Assert.Equal("600 0", Lab.Run(Lab.Host08, $"stat -c '%a %u' {Image}").Trim());
        Assert.Empty(Lab.WhereRunning("testvm1"));

        Outcome restore = module.Run($"Restore-Guest {Image} et-virt08 -PassThru -RemoveFile");

        Assert.Empty(restore.Errors);
        Assert.Contains(((Guest)restore.Single.BaseObject).State, new[] { GuestState.Running, GuestState.Blocked });
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
        Assert.Contains("No such file", Lab.Run(Lab.Host08, $"ls {Image} 2>&1 || true"), StringComparison.Ordinal);
        _ = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", beat);
    }

    [LabFact]
    public void An_image_is_not_restored_while_its_guest_is_on_another_host()
    {
        using ModuleSession module = new();

        Outcome outcome = module.Run(
            $"Connect-MigrationHost et-virt07, et-virt08 | Out-Null; Save-Guest testvm1 {Image} -ComputerName et-virt08 -KeepRunning; " +
            $"Restore-Guest {Image} et-virt07");

        _ = Lab.Run(Lab.Host08, $"rm -f {Image}");
        Assert.Equal("GuestCopyElsewhere", outcome.ErrorId);
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
    }
}
