using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

/// <summary>Repair-GuestMigration and Get-GuestMigration as they are used, on the embedded pair.</summary>
public sealed class GuestRepairTests : IDisposable
{
    private readonly ModuleRunspace _runspace = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;

    public GuestRepairTests() => Assert.Empty(_runspace.Run("$null = Connect-MigrationHost -Embedded").Errors);

    private string ByName => $"Repair-GuestMigration testvm1 -ComputerName et-virt08 -Destination et-virt07 -Timeout 1 -LogPath '{_folder}'";

    [Fact]
    public void A_move_that_ended_well_needs_no_repair()
    {
        Written written = _runspace.Run(
            $"Move-Guest testvm1 -Destination et-virt07 -Live -OfflineFallback Always -LogPath '{_folder}' | Repair-GuestMigration -Confirm:$false");

        Assert.Empty(written.Errors);
        Assert.Equal("testvm1: NothingToDo, runs at et-virt07", Assert.Single(written.Output).ToString());
    }

    [Fact]
    public void A_copy_that_a_move_left_is_shown_and_then_destroyed()
    {
        Leave();

        string shown = _runspace.Show(ByName + " -WhatIf");
        string evidence = _runspace.Show(ByName + " -Confirm:$false -Verbose");

        Assert.Contains("What if", shown, StringComparison.Ordinal);
        Assert.Contains("xm destroy", shown, StringComparison.Ordinal);
        Assert.Matches(@"testvm1: et-virt07 has testvm1 \(id \d+, Paused\)", evidence);
        Assert.Matches("testvm1 +Settled +et-virt08 +Found: et-virt08 has testvm1", evidence);
        Assert.Empty(_runspace.Run("Get-Guest -ComputerName et-virt07").Output);
        Assert.Equal("testvm1: NothingToDo, runs at et-virt08", Assert.Single(_runspace.Run(ByName + " -Confirm:$false").Output).ToString());
    }

    [Fact]
    public void Hosts_show_what_they_hold_of_a_guest_that_was_moved()
    {
        _ = _runspace.Run($"Move-Guest testvm1 -Destination et-virt07 -Live -OfflineFallback Always -LogPath '{_folder}'");

        PSObject move = Assert.Single(_runspace.Run($"Get-GuestMigration -ComputerName et-virt07, et-virt08 -LogPath '{_folder}'").Output);

        Assert.Equal("Finished", move.Properties["State"].Value.ToString());
        Assert.Equal(
            ["et-virt07 has testvm1", "et-virt08 has nothing of it"],
            ((IEnumerable<string>)move.Properties["Found"].Value).Select(text => text.Split(" (")[0]));
    }

    public void Dispose()
    {
        _runspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Both hosts have the guest, as after a move whose last word got lost.</summary>
    private void Leave()
    {
        const string Image = "/var/lib/libvirt/images/testvm1.save";
        Assert.Empty(_runspace.Run($"Save-Guest testvm1 {Image} -KeepRunning").Errors);
        // Where Restore-Guest knows of the other host, it makes no second copy.
        Assert.Empty(_runspace.Run("Disconnect-MigrationHost et-virt08").Errors);
        Assert.Empty(_runspace.Run($"Restore-Guest {Image} et-virt07 -Paused -Force").Errors);
        Assert.Empty(_runspace.Run("$null = Connect-MigrationHost -Embedded").Errors);
    }
}
