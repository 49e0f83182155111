using System;
using System.IO;
using System.Linq;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

/// <summary>An embedded host is emptied and filled again, and single moves are undone.</summary>
public sealed class DrainTests : IDisposable
{
    private const string There = "Get-Guest | ForEach-Object { \"$($_.Name)@$($_.ComputerName)\" }";

    private readonly ModuleRunspace _runspace = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;

    public DrainTests() => Assert.Empty(_runspace.Run("$null = Connect-MigrationHost -Embedded").Errors);

    private string Out => $"Suspend-MigrationHost et-virt08 -Drain -Destination et-virt07 -OfflineFallback Always -LogPath '{_folder}' -Confirm:$false";

    private string Back => $"Resume-MigrationHost et-virt08 -Failback -OfflineFallback Always -LogPath '{_folder}' -Confirm:$false";

    [Fact]
    public void Exactly_those_come_back_that_left()
    {
        _ = Run($"Move-Guest testvm1 -Destination et-virt07 -Live -LogPath '{_folder}'");

        Assert.Equal(["testvm2 et-virt07 Succeeded"], Moved(Out));
        Assert.Equal(["testvm1@et-virt07", "testvm2@et-virt07"], Texts(There));
        Assert.Equal(["testvm2 et-virt08 Succeeded"], Moved(Back));
        Assert.Equal(["testvm1@et-virt07", "testvm2@et-virt08"], Texts(There));
        Assert.Equal(["DrainNotFound"], _runspace.Run(Back).ErrorIds);
    }

    [Fact]
    public void What_would_be_done_is_shown_and_not_done()
    {
        string text = _runspace.Show(Out.Replace("-Confirm:$false", "-WhatIf"));

        Assert.Matches("(?s)Live-migrate to et-virt07.+testvm1.+Live-migrate to et-virt07.+testvm2", text);
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Texts(There));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Where_no_guest_can_leave_none_is_touched_and_the_checks_are_told()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -BridgeName xenbr9");

        Written written = _runspace.Run(Out + " -WarningVariable warnings");

        Assert.Equal(["DrainBlocked"], written.ErrorIds);
        Assert.Contains("[XM-NET-01]", written.Errors[0].ToString());
        Assert.Equal(["2"], Texts("@($warnings | Where-Object { $_.Message -like '*XM-NET-01*' }).Count"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void What_is_left_goes_by_running_it_again_and_all_come_back()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -FreeMemoryMB ((Get-Guest testvm1).MemoryMB + 8)");
        Written first = _runspace.Run(Out + " -Force -WarningVariable warnings");
        _ = Run("Set-EmbeddedHost et-virt07 -Reset");

        Assert.Equal(["PreflightFailed"], first.ErrorIds);
        Assert.Equal(["Refused", "Succeeded"], first.Output.Select(result => $"{result.Properties["Outcome"].Value}").Order());
        Assert.Equal(["True"], Texts("[bool]($warnings | Where-Object { $_.Message -like '*is not empty*' })"));
        _ = Assert.Single(Moved(Out));
        Assert.Equal(["testvm1@et-virt07", "testvm2@et-virt07"], Texts(There));
        Assert.Equal(2, Moved(Back).Length);
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Texts(There));
    }

    [Fact]
    public void Who_is_gone_is_told_of_and_the_others_come_back()
    {
        _ = Moved(Out);
        _ = Run("Stop-Guest testvm1 -TurnOff -Force");

        Written written = _runspace.Run(Back);

        Assert.Equal(["GuestNotFound"], written.ErrorIds);
        Assert.Equal(["testvm2@et-virt08"], Texts("Get-Guest | Where-Object State -ne Shutdown | Where-Object Id | ForEach-Object { \"$($_.Name)@$($_.ComputerName)\" }"));
        Assert.Equal(["DrainNotFound"], _runspace.Run(Back).ErrorIds);
    }

    [Fact]
    public void A_host_that_is_full_gets_them_later()
    {
        _ = Moved(Out);
        _ = Run("Set-EmbeddedHost et-virt08 -FreeMemoryMB 16");
        Written full = _runspace.Run(Back);
        _ = Run("Set-EmbeddedHost et-virt08 -Reset");

        Assert.Equal(["DrainBlocked"], full.ErrorIds);
        Assert.Equal(2, Moved(Back).Length);
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Texts(There));
    }

    [Fact]
    public void A_host_that_was_drained_is_listed_so_until_it_is_filled()
    {
        string hosts = $"Get-MigrationHost -LogPath '{_folder}' | ForEach-Object {{ \"$($_.ComputerName) $($_.Drained)\" }}";
        _ = Moved(Out);

        Assert.Equal(["et-virt07 False", "et-virt08 True"], Texts(hosts).Order());
        Assert.Matches("et-virt08 +Connected, drained +Xend", _runspace.Show($"Get-MigrationHost et-virt08 -LogPath '{_folder}'"));
        Assert.Equal(2, Moved(Back).Length);
        Assert.Equal(["et-virt07 False", "et-virt08 False"], Texts(hosts).Order());
    }

    [Fact]
    public void The_mark_is_taken_away_and_the_guests_stay()
    {
        _ = Moved(Out);
        _ = Run($"Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live -LogPath '{_folder}' -WarningVariable warnings");
        Assert.Equal(["True"], Texts("[bool]($warnings | Where-Object { $_.Message -like '*et-virt08 was drained*' })"));

        Assert.Empty(Run($"Resume-MigrationHost et-virt08 -LogPath '{_folder}' -Confirm:$false").Output);

        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt07"], Texts(There));
        Assert.Equal(["DrainNotFound"], _runspace.Run(Back).ErrorIds);
    }

    [Fact]
    public void A_name_that_may_stand_still_is_somebodys()
    {
        Assert.Equal(["GuestNotFound"], _runspace.Run(Out + " -AllowOffline testvm1, testvm9").ErrorIds);
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Texts(There));
        Assert.Equal(2, Moved(Out.Replace("-OfflineFallback Always", "-MaximumDowntime 0.01") + " -AllowOffline test*").Length);
    }

    [Fact]
    public void A_move_is_undone_once()
    {
        _ = Run($"$moved = Move-Guest testvm1 -Destination et-virt07 -LogPath '{_folder}'");

        Assert.Equal(["testvm1 et-virt08 Succeeded Offline"], Texts(
            $"$moved | Undo-GuestMigration -LogPath '{_folder}' | ForEach-Object {{ \"$($_.Name) $($_.Destination) $($_.Outcome) $($_.Mode)\" }}"));
        Assert.Equal(["NothingToUndo"], _runspace.Run("$moved | Undo-GuestMigration").ErrorIds);
    }

    [Fact]
    public void A_move_is_undone_by_its_journal()
    {
        _ = Run($"$null = Move-Guest testvm1 -Destination et-virt07 -Live -LogPath '{_folder}'");

        Assert.Equal(["testvm1 et-virt08 Succeeded Live"], Texts(
            $"Get-GuestMigration testvm1 -LogPath '{_folder}' | Undo-GuestMigration -LogPath '{_folder}' | ForEach-Object {{ \"$($_.Name) $($_.Destination) $($_.Outcome) $($_.Mode)\" }}"));
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Texts(There));
    }

    [Fact]
    public void What_never_moved_is_not_undone()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -BridgeName xenbr9");
        _ = _runspace.Run("$refused = Move-Guest testvm1 -Destination et-virt07 -Live");

        Assert.Equal(["NothingToUndo"], _runspace.Run("$refused | Undo-GuestMigration").ErrorIds);
    }

    public void Dispose()
    {
        _runspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string[] Moved(string script) =>
        Texts(script + " | ForEach-Object { \"$($_.Name) $($_.Destination) $($_.Outcome)\" }");

    private Written Run(string script)
    {
        Written written = _runspace.Run(script);
        Assert.Empty(written.Errors);
        return written;
    }

    private string[] Texts(string script) => [.. Run(script).Output.Select(item => $"{item}")];
}
