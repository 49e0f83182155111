namespace XenMigrate.Lab.Tests;

/// <summary>Our save helper by each version of Xen: live saves, its filter, its giving up; and of each type of guest.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class HelperVersionTests(ITestOutputHelper output)
{
    [LongHvmTheory]
    [InlineData("4.14", "4.17", GuestType.PV, GuestType.PVH, GuestType.HVM)]
    [InlineData("4.17", "4.20", GuestType.PV, GuestType.PVH, GuestType.HVM)]
    // Xen 4.20 can't log what PV guests write.
    [InlineData("4.20", "4.20", GuestType.PVH, GuestType.HVM)]
    public void It_gives_up_and_packs_on(string source, string destination, params GuestType[] types)
    {
        using ModuleSession module = new();
        Lab.Clear();
        Lab.BootIfOther(Lab.Host08, source);
        Lab.BootIfOther(Lab.Host07, destination);
        Assert.Empty(module.Run("Install-MigrationHelper et-virt07, et-virt08").Errors);
        foreach (GuestType type in types)
        {
            LabGuest guest = LabGuest.Idle with { Name = type.ToString().ToLowerInvariant() + "v", Type = type };
            guest.Start();
            GivesUp(module, guest);
            Packs(module, guest, $"{type}, Xen {Lab.Version(Lab.Host08)} to {Lab.Version(Lab.Host07)}");
        }
    }

    private static void GivesUp(ModuleSession module, LabGuest guest)
    {
        // Its journals tell of no move before: where one does, so short a pause is refused beforehand.
        string journals = Path.Combine(Path.GetTempPath(), $"xenmigrate-held-{Guid.NewGuid():N}");
        MigrationResult held = Move(module, guest, $"-MaximumDowntime 00:00:00.05 -EnforceDowntime -LogPath {journals}");
        Directory.Delete(journals, recursive: true);

        Assert.True((held.Outcome, held.ErrorId) == (MigrationOutcome.Aborted, MigrationResults.NotConvergingId), held.Message);
        Assert.Equal([Lab.Host08], Lab.WhereRunning(guest.Name));
        Assert.Empty(Lab.Guests(Lab.Host07));
        Assert.False(LabGuest.IsLogged(Lab.Host08), "What it writes is still logged.");
        _ = Lab.WaitForHeartbeat(Lab.Host08, guest.Name, Lab.LastHeartbeat(Lab.Host08, guest.Name));
    }

    private void Packs(ModuleSession module, LabGuest guest, string what)
    {
        long beat = Lab.LastHeartbeat(Lab.Host08, guest.Name);

        MigrationResult packed = Move(module, guest, "-Compression Zstd");

        Assert.True(packed.Outcome == MigrationOutcome.Succeeded, $"{what}: {packed.Message}");
        Assert.Equal([Lab.Host07], Lab.WhereRunning(guest.Name));
        _ = Lab.WaitForHeartbeat(Lab.Host07, guest.Name, beat);
        Assert.True(packed.Iteration.Count >= 2, string.Join('\n', packed.Transcript));
        Assert.True(packed.BytesTransferred < (guest.MemoryMegabytes << 20) / 2, $"{what}: {packed.BytesTransferred} bytes");
        Assert.False(LabGuest.IsLogged(Lab.Host08), "What it wrote is still logged.");
        output.WriteLine($"{what}, helper and zstd: {packed.Duration.TotalSeconds:0} s, paused {packed.Downtime?.TotalSeconds:0.0} s, guest's own {Lab.Gaps(Lab.Host07, guest.Name).Max().TotalSeconds:0.0} s, {packed.BytesTransferred / 1e6:0.0} MB");
    }

    private static MigrationResult Move(ModuleSession module, LabGuest guest, string how) => Assert.IsType<MigrationResult>(
        module.Run($"Move-Guest {guest.Name} -ComputerName {Lab.Host08} -Destination {Lab.Host07} -Live -SkipCheck * {how}").Single.BaseObject);
}
