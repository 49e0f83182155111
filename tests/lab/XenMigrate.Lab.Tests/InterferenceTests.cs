namespace XenMigrate.Lab.Tests;

/// <summary>
/// What others do to a guest in the middle of its move, on real Xen. Whatever came of it: one copy of its uuid runs at most,
/// none that ran was destroyed by us, and what Move-Guest says of it is what the hosts show.
/// </summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class InterferenceTests(ITestOutputHelper output) : IDisposable
{
    private const string Guest = "testvm1";
    private const string Move = $"Move-Guest {Guest} -ComputerName et-virt08 -Destination et-virt07 -Live";

    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-journal-").FullName;

    private static bool IsInTheMiddle(ProgressRecord record) =>
        record.CurrentOperation == nameof(MigrationStep.CopyingMemory) && record.PercentComplete >= 3;

    [LabTheory]
    [InlineData("renamed", Lab.Host08, $"xl rename {Guest} other")]
    [InlineData("destroyed at the destination", Lab.Host07, $"xl destroy {Guest}--incoming")]
    public void A_guest_that_is_meddled_with_in_the_middle_of_its_move_runs_once_at_most_and_is_told_as_it_is(string what, string host, string act) =>
        Meddle(what, host, act);

    [LongLabTheory]
    [InlineData("paused and unpaused", Lab.Host08, $"xl pause {Guest}; sleep 2; xl unpause {Guest}")]
    [InlineData("destroyed at the source", Lab.Host08, $"xl destroy {Guest}")]
    [InlineData("woken too early at the destination", Lab.Host07, $"xl unpause {Guest}--incoming")]
    [InlineData("rebooted", Lab.Host08, $"xl reboot {Guest}")]
    public void So_it_is_with_what_takes_longer(string what, string host, string act) => Meddle(what, host, act);

    private void Meddle(string what, string host, string act)
    {
        using ModuleSession module = new();
        Lab.Spoil();
        string uuid = Lab.Uuid(Lab.Host08, Guest);
        // Before, since a first connection takes seconds.
        _ = Lab.Guests(host);

        Outcome moved = module.RunAnd($"{Move} -LogPath '{_folder}'", IsInTheMiddle, () => Try(host, act));

        MigrationResult result = Assert.IsType<MigrationResult>(moved.Single.BaseObject);
        output.WriteLine($"{what}: {result}. {result.Message}\n{string.Join('\n', Lab.Copies(uuid))}");
        AssertTold(result, uuid);

        Outcome repaired = module.Run($"Get-GuestMigration -LogPath '{_folder}' | Repair-GuestMigration -Confirm:$false");
        output.WriteLine($"repaired: {string.Join("; ", repaired.Output)} {string.Join("; ", repaired.Errors.Select(error => error.ToString()))}\n{string.Join('\n', Lab.Copies(uuid))}");
        Assert.True(Lab.Copies(uuid).Count(copy => copy.Runs) <= 1, "two copies run");
        Assert.DoesNotContain(Lab.Copies(uuid), copy => copy.Name.EndsWith("--incoming", StringComparison.Ordinal));
    }

    [LabFact]
    public void A_second_client_is_told_who_moves_the_guest_and_changes_nothing()
    {
        using ModuleSession first = new();
        using ModuleSession second = new();
        _ = second.Run("Get-Guest -ComputerName et-virt08, et-virt07");
        Outcome[] meddled = [];

        Outcome moved = first.RunAnd(
            $"{Move} -LogPath '{_folder}'",
            IsInTheMiddle,
            () => meddled =
            [
                second.Run(Move),
                second.Run($"Save-Guest {Guest} -ComputerName et-virt08 -RemotePath /var/lib/libvirt/images/xenmigrate/meddled -Confirm:$false"),
                second.Run($"Repair-GuestMigration {Guest} -ComputerName et-virt08 -Destination et-virt07 -Timeout 5 -Confirm:$false"),
                second.Run("Get-GuestMigration -ComputerName et-virt08, et-virt07 | ForEach-Object { \"$($_.State) held by $($_.HeldBy)\" }"),
            ]);

        foreach (Outcome one in meddled)
        {
            output.WriteLine(string.Join("; ", one.Errors.Select(error => error.ToString())) + string.Join("; ", one.Output));
        }

        // How far the move is by then decides whether the lease, the half copy or the suspended guest is seen first.
        Assert.True(meddled[0].ErrorId is "GuestLeased" or "PreflightFailed", meddled[0].ErrorId);
        Assert.True(meddled[1].ErrorId is "GuestLeased" or "GuestNotRunning" or "GuestBusy", meddled[1].ErrorId);
        Assert.DoesNotContain("destroy", string.Concat(meddled.SelectMany(one => one.Errors)), StringComparison.Ordinal);
        MigrationResult result = Assert.IsType<MigrationResult>(moved.Single.BaseObject);
        Assert.Equal((MigrationOutcome.Succeeded, Lab.Host07), (result.Outcome, result.ComputerName));
        Assert.Equal([Lab.Host07], Lab.WhereRunning(Guest));
    }

    [LabFact]
    public void The_connection_lost_in_an_offline_move_and_in_a_save_leaves_the_tools_to_their_end()
    {
        using ModuleSession module = new();
        Lab.Spoil();
        string uuid = Lab.Uuid(Lab.Host08, "testvm2");
        _ = Lab.Guests(Lab.Host08);

        Outcome saved = module.RunAnd(
            "Save-Guest testvm2 -ComputerName et-virt08 -RemotePath /var/lib/libvirt/images/xenmigrate/cut -KeepRunning -Confirm:$false",
            record => record.CurrentOperation is not null || record.PercentComplete >= 0,
            () => Lab.CutConnections(Lab.Host08));
        output.WriteLine($"save: {string.Join("; ", saved.Output)} {string.Join("; ", saved.Errors.Select(error => error.ToString()))}");
        _ = Lab.WaitForHeartbeat(Lab.Host08, "testvm2", Lab.LastHeartbeat(Lab.Host08, "testvm2"));
        Assert.Equal(1, Lab.Copies(uuid).Count(copy => copy.Runs));

        Outcome moved = module.RunAnd(
            $"Move-Guest testvm2 -ComputerName et-virt08 -Destination et-virt07 -Force -LogPath '{_folder}'",
            record => record.CurrentOperation == nameof(MigrationStep.Suspended) || record.PercentComplete >= 20,
            () => Lab.CutConnections(Lab.Host08));

        MigrationResult result = Assert.IsType<MigrationResult>(moved.Single.BaseObject);
        output.WriteLine($"move: {result}. {result.Message}");
        AssertTold(result, uuid);
        _ = module.Run($"Get-GuestMigration -LogPath '{_folder}' | Repair-GuestMigration -Confirm:$false");
        Assert.Equal(1, Lab.Copies(uuid).Count(copy => copy.Runs));
    }

    [LabFact]
    public void A_journal_that_can_not_be_written_stops_the_move_before_anything_is_touched()
    {
        using ModuleSession module = new();
        Lab.Local("mount", "-t", "tmpfs", "-o", "size=4k,mode=700", "tmpfs", _folder);
        try
        {
            File.WriteAllBytes(Path.Combine(_folder, "full"), new byte[4096]);

            Outcome moved = module.Run($"{Move} -LogPath '{_folder}'");

            Assert.Equal("JournalNotWritten", moved.ErrorId);
            Assert.Equal([Lab.Host08], Lab.WhereRunning(Guest));
        }
        finally
        {
            Lab.Local("umount", _folder);
        }
    }

    [LabTheory]
    [InlineData("/usr/bin/fish")]
    [InlineData("/bin/tcsh")]
    public void A_guest_moves_between_hosts_whose_root_has_another_login_shell(string shell)
    {
        using ModuleSession module = new();
        Lab.Spoil();
        foreach (string host in new[] { Lab.Host07, Lab.Host08 })
        {
            _ = Lab.Run(host, $"test -x {shell} && usermod -s {shell} root");
        }

        Outcome moved = module.Run(Move);

        Assert.Empty(moved.Errors);
        Assert.Equal([Lab.Host07], Lab.WhereRunning(Guest));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What is meddled with may be gone by then, which is as good.</summary>
    private void Try(string host, string act)
    {
        try
        {
            output.WriteLine(Lab.Run(host, act));
        }
        catch (InvalidOperationException e)
        {
            output.WriteLine(e.Message);
        }
    }

    private static void AssertTold(MigrationResult result, string uuid)
    {
        LabCopy[] running = [.. Lab.Copies(uuid).Where(copy => copy.Runs)];
        Assert.True(running.Length <= 1, "two copies run");
        if (result.Outcome is MigrationOutcome.Succeeded or MigrationOutcome.FailedSourceRunning or MigrationOutcome.Aborted)
        {
            Assert.Equal(result.ComputerName, Assert.Single(running).Host);
        }

        Assert.True(
            result.Outcome != MigrationOutcome.FailedSourceSuspended || running.Length == 0,
            string.Create(CultureInfo.InvariantCulture, $"It runs on {running.FirstOrDefault()?.Host}, and is said to be suspended."));
    }
}
