using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

/// <summary>The whole way, as a user goes it: cmdlets, engine, and two hosts with guests whose memory is really moved.</summary>
public sealed class EmbeddedTests : IDisposable
{
    private const string ThereLive = "Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Live";

    private readonly ModuleRunspace _runspace = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;

    public EmbeddedTests() => Assert.Empty(_runspace.Run("$null = Connect-MigrationHost -Embedded").Errors);

    [Fact]
    public void Two_hosts_with_xend_are_connected()
    {
        Assert.Equal(
            ["et-virt07 Connected Xend", "et-virt08 Connected Xend"],
            Texts("Get-MigrationHost | ForEach-Object { \"$($_.ComputerName) $($_.State) $($_.Toolstack)\" }"));
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Where());
    }

    [Fact]
    public void Connecting_again_gives_the_same_hosts()
    {
        _ = Run(ThereLive);

        Assert.Equal(2, Run("Connect-MigrationHost -Embedded").Output.Count);
        Assert.Equal(["testvm1@et-virt07", "testvm2@et-virt08"], Where());
    }

    [Fact]
    public void After_both_sessions_ended_everything_begins_anew()
    {
        _ = Run(ThereLive);
        _ = Run("Disconnect-MigrationHost et-virt07");
        Assert.Equal(["testvm2@et-virt08"], Where());

        _ = Run("Disconnect-MigrationHost et-virt08; $null = Connect-MigrationHost -Embedded");

        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Where());
    }

    [Fact]
    public void The_environment_is_ready_in_both_directions()
    {
        // The chapter lets every host send guests, and exports its storage with async.
        Assert.Equal(["XM-REL-05 Warning", "XM-STO-06 Warning", "XM-STO-06 Warning"], Texts(
            "Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1, testvm2 | Where-Object Status -notin Passed, Skipped | ForEach-Object { \"$($_.Id) $($_.Status)\" }"));
        Assert.Equal(["XM-REL-05 Warning"], Texts(
            "Test-MigrationEnvironment et-virt07 et-virt08 | Where-Object Status -notin Passed, Skipped | ForEach-Object { \"$($_.Id) $($_.Status)\" }"));
    }

    [Fact]
    public void A_pipeline_without_guests_is_no_reason_to_say_yes()
    {
        Assert.Equal(["True"], Texts("Test-MigrationEnvironment et-virt08 et-virt07 -Quiet"));
        Assert.Equal(["False"], Texts("Get-Guest nobody* | Test-MigrationEnvironment et-virt08 et-virt07 -Quiet"));
    }

    [Fact]
    public void Of_several_destinations_a_table_shows_the_best_first_and_why_not_the_others()
    {
        string text = _runspace.Show("Test-MigrationEnvironment et-virt08 et-virt08, et-virt07 -Name testvm1");

        Assert.Matches(@"Source: et-virt08", text);
        Assert.Matches(@"Guest +Destination +Ready +Status +Free\(MB\) +Problem", text);
        Assert.Matches(@"testvm1 +et-virt07 +True +Warning +\d+ +XM-REL-05[^:]+:", text);
        Assert.Matches(@"(?s)et-virt07.+testvm1 +et-virt08 +False +Failed +-?\d+ +XM-CON-01", text);
    }

    [Fact]
    public void A_guest_moves_by_the_first_report_whose_destination_takes_it()
    {
        Written written = _runspace.Run("Test-MigrationEnvironment et-virt08 et-virt08, et-virt07 -Name testvm1 | Move-Guest -Live");

        Assert.Empty(written.Errors);
        Assert.Equal(["Succeeded", "et-virt07"], Values(Assert.Single(written.Output), "Outcome", "ComputerName"));
    }

    [Fact]
    public void A_report_is_kept_looked_at_moved_by_and_written()
    {
        _ = Run("$report = Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1, testvm2 -Bidirectional -AsReport");
        _ = Run($"$report | Export-MigrationReport '{_folder}/report.html'");
        Written moved = _runspace.Run("$report | Where-Object Guest | Move-Guest -Live -Force");

        Assert.Contains("Nothing speaks against moving testvm1, testvm2.", File.ReadAllText(_folder + "/report.html"));
        Assert.Contains("<h2>Destinations</h2>", File.ReadAllText(_folder + "/report.html"));
        Assert.Equal(["Succeeded", "Succeeded"], moved.Output.Select(result => Values(result, "Outcome")[0]));
        Assert.Equal(["testvm1@et-virt07", "testvm2@et-virt07"], Where());
    }

    [Fact]
    public void A_fresh_report_that_says_no_is_refused_at_once()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -BridgeName xenbr9");
        _ = Run("$report = Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 -AsReport; Set-EmbeddedHost et-virt07 -Reset");

        Written written = _runspace.Run("Move-Guest -CompatibilityReport $report -Live");

        Assert.Equal(["PreflightFailed"], written.ErrorIds);
        Assert.Equal(["Refused", "BridgeMissing"], Values(Assert.Single(written.Output), "Outcome", "ErrorId"));
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Where());
    }

    [Theory]
    [InlineData("-ExcludeCheck XM-NET-01")]
    [InlineData("-Category Connection, Memory")]
    public void What_a_report_left_out_the_move_checks_all_the_same(string choice)
    {
        _ = Run("Set-EmbeddedHost et-virt07 -BridgeName xenbr9");
        _ = Run($"$report = Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 -AsReport {choice}");

        Assert.Equal(["True"], Texts("$report.IsReady"));
        Assert.Equal(
            ["Refused", "BridgeMissing"], Values(Assert.Single(_runspace.Run("$report | Move-Guest -Live").Output), "Outcome", "ErrorId"));
    }

    [Theory]
    [InlineData("-Bandwidth 64MB")]
    [InlineData("-Transport Ssh")]
    public void What_only_a_live_move_obeys_is_refused_of_a_report_without_Live(string wish)
    {
        _ = Run("$report = Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 -AsReport");

        Written written = _runspace.Run($"$report | Move-Guest {wish}");

        Assert.Contains("for moves with -Live", Assert.Single(written.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Where());
    }

    [Fact]
    public void A_guest_moves_live_there_and_back()
    {
        PSObject there = Assert.Single(Run(ThereLive).Output);
        PSObject back = Assert.Single(Run("Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live -MaximumDowntime 0.3").Output);

        Assert.All([there, back], result =>
        {
            Assert.Equal(["Succeeded", "Live", "Transfer"], Values(result, "Outcome", "Mode", "DowntimeBasis"));
            Assert.True(((TimeSpan)result.Properties["Downtime"].Value).TotalSeconds is > 0 and < 3);
            Assert.NotNull(result.Properties["PredictedDowntime"].Value);
            Assert.NotNull(result.Properties["HeartbeatGap"].Value);
            Assert.NotEmpty((System.Collections.IEnumerable)result.Properties["Iteration"].Value);
        });
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Where());
    }

    [Fact]
    public void A_guest_moves_offline()
    {
        PSObject result = Assert.Single(Run("Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07").Output);

        Assert.Equal(["Succeeded", "Offline", "et-virt07"], Values(result, "Outcome", "Mode", "ComputerName"));
    }

    [Fact]
    public void A_bridge_that_is_missing_refuses_the_move_and_says_what_to_do()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -BridgeName xenbr9");

        Written written = _runspace.Run(ThereLive);

        Assert.Equal(["PreflightFailed"], written.ErrorIds);
        PSObject result = Assert.Single(written.Output);
        Assert.Equal(["Refused", "BridgeMissing"], Values(result, "Outcome", "ErrorId"));
        Assert.Contains("xenbr1", (string)result.Properties["Message"].Value);
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Where());

        _ = Run("Get-MigrationHost | Set-EmbeddedHost -Reset");
        Assert.Equal(["Succeeded"], Values(Assert.Single(Run(ThereLive).Output), "Outcome"));
    }

    [Theory]
    [InlineData("et-virt07 -Relocation Off", "RelocationDisabled")]
    [InlineData("et-virt07 -HostsAllow '^nobody$'", "RelocationDenied")]
    [InlineData("et-virt07 -UnmountStorage", "DiskMissing")]
    [InlineData("et-virt07 -FreeMemoryMB 64", "InsufficientMemory")]
    [InlineData("et-virt07 -StorageReadOnly", "DiskNotWritable")]
    [InlineData("et-virt07 -Processor OldXeon", "CpuIncompatible")]
    [InlineData("et-virt07 -XenVersion 3.0.3", "NotSupportedByToolstack")]
    [InlineData("et-virt08 -WithholdSuspend", "GuestNotSuspendable")]
    [InlineData("et-virt07 -RejectPort 8002", "PortUnreachable")]
    [InlineData("et-virt07 -BlockPort 8002", "PortUnreachable")]
    public void Each_fault_is_found_before_anything_is_touched(string fault, string errorId)
    {
        _ = Run("Set-EmbeddedHost " + fault);

        PSObject result = Assert.Single(_runspace.Run(ThereLive).Output);

        Assert.Equal(["Refused", errorId], Values(result, "Outcome", "ErrorId"));
    }

    [Theory]
    [InlineData("et-virt07 -BridgeMtu 9000", "XM-NET-02")]
    [InlineData("et-virt07 -ForwardDelay 15", "XM-NET-03")]
    [InlineData("et-virt07 -TimeServer Off", "XM-TIM-02")]
    [InlineData("et-virt07 -Uptime 60", "XM-TIM-03")]
    [InlineData("et-virt07 -Processor FastXeon", "XM-CPU-03")]
    public void What_only_advises_is_told_too(string fault, string id)
    {
        _ = Run("Set-EmbeddedHost " + fault);

        Assert.Contains(id, Texts("(Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 | Where-Object Status -eq Warning).Id"));
    }

    [Fact]
    public void What_et_virt07_exports_is_judged_by_its_options()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -ExportOption rw,sync,no_root_squash");
        Assert.Equal(["Passed"], Texts("(Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 -Check XM-STO-06).Status"));
        Assert.Contains("exports nothing", Assert.Single(_runspace.Run("Set-EmbeddedHost et-virt08 -ExportOption rw").Errors).ToString());
    }

    [Fact]
    public void Only_those_who_are_named_may_send_guests()
    {
        _ = Run("Enable-Relocation et-virt07 10.0.0.9 -Exact -Restart -Confirm:$false");
        Written refused = _runspace.Run(ThereLive);
        _ = Run("Enable-Relocation et-virt07 10.0.0.8 -Exact -Restart -Confirm:$false");

        Assert.Equal(["Refused", "RelocationDenied"], Values(Assert.Single(refused.Output), "Outcome", "ErrorId"));
        Assert.Equal(["Succeeded"], Values(Assert.Single(Run(ThereLive).Output), "Outcome"));
    }

    [Fact]
    public void A_guest_too_busy_is_given_up_or_finished_offline_as_asked()
    {
        _ = Run("Set-EmbeddedHost et-virt08 -LinkBandwidth 64MB");
        const string Busy = "Move-Guest testvm2 -ComputerName et-virt08 -Destination et-virt07 -Live -MaximumDowntime 0.01";

        Written never = _runspace.Run(Busy + " -OfflineFallback Never");
        PSObject always = Assert.Single(Run(Busy + " -OfflineFallback Always").Output);

        Assert.Equal(["MigrationNotConverging"], never.ErrorIds);
        Assert.Equal(["Aborted", "et-virt08"], Values(Assert.Single(never.Output), "Outcome", "ComputerName"));
        Assert.Equal(["Succeeded", "LiveThenOffline"], Values(always, "Outcome", "Mode"));
    }

    [Theory]
    // The screen of the tests takes the first choice of each question, which is yes.
    [InlineData("-OfflineFallback Prompt")]
    [InlineData("-Force")]
    public void A_longer_pause_is_agreed_to(string consent)
    {
        _ = Run("Set-EmbeddedHost et-virt08 -LinkBandwidth 64MB");

        Written written = _runspace.Run(
            "Move-Guest testvm2 -ComputerName et-virt08 -Destination et-virt07 -Live -MaximumDowntime 0.01 " + consent);

        Assert.Empty(written.Errors);
        Assert.Equal(["Succeeded", "LiveThenOffline"], Values(Assert.Single(written.Output), "Outcome", "Mode"));
    }

    [Fact]
    public void What_only_a_live_move_can_do_is_an_error_without_it()
    {
        Written written = _runspace.Run("Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt07 -Bandwidth 64MB");

        Assert.Contains("-Live", Assert.Single(written.Errors).ToString());
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Where());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    public void A_time_limit_of_nothing_is_an_error(string seconds)
    {
        Written written = _runspace.Run($"{ThereLive} -Timeout {seconds}");

        Assert.Contains("-Timeout", Assert.Single(written.Errors).ToString());
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Where());
    }

    [Fact]
    public void What_if_moves_nothing_and_breaks_nothing()
    {
        Assert.Empty(Run(ThereLive + " -WhatIf").Output);
        Assert.Empty(Run("Set-EmbeddedHost et-virt07 -BridgeName xenbr9 -WhatIf").Output);

        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Where());
        Assert.Equal(["Succeeded"], Values(Assert.Single(Run(ThereLive).Output), "Outcome"));
    }

    [Fact]
    public void A_guest_is_paused_and_goes_on()
    {
        Assert.Empty(Run("Suspend-Guest testvm1 -ComputerName et-virt08").Output);
        PSObject paused = Assert.Single(Run("Get-Guest testvm1").Output);
        PSObject goesOn = Assert.Single(Run("Get-Guest testvm1 | Resume-Guest -PassThru").Output);

        Assert.Equal(["Paused"], Values(paused, "State"));
        Assert.True(Values(goesOn, "State")[0] is "Running" or "Blocked");
    }

    [Fact]
    public void A_guest_is_saved_and_restored()
    {
        _ = Run("Save-Guest testvm1 /var/lib/xen/save/testvm1 -ComputerName et-virt08");
        Assert.Equal(["testvm2@et-virt08"], Where());

        _ = Run("Restore-Guest /var/lib/xen/save/testvm1 et-virt08");
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Where());
    }

    [Fact]
    public void Reports_of_moves_and_checks_are_written()
    {
        _ = Run($"{ThereLive} | Export-MigrationReport '{_folder}/move.html'");
        _ = Run($"Move-Guest testvm1 -ComputerName et-virt07 -Destination et-virt08 -Live | Export-MigrationReport '{_folder}/move.json'");
        _ = Run($"Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1 | Export-MigrationReport '{_folder}/checks.html'");

        Assert.Contains("<svg", File.ReadAllText(_folder + "/move.html"));
        Assert.Contains("Nothing speaks against moving testvm1.", File.ReadAllText(_folder + "/checks.html"));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_folder + "/move.json"));
        Assert.NotEqual(0, json.RootElement.GetProperty("moves")[0].GetProperty("iterations").GetArrayLength());
    }

    [Fact]
    public void What_the_guest_noticed_of_a_move_is_measured()
    {
        PSObject measured = Assert.Single(Run($"Measure-GuestDowntime {{ {ThereLive} }} testvm1").Output);

        Assert.Equal(["testvm1", "Console", "True"], Values(measured, "Name", "Basis", "Recovered"));
        Assert.InRange((TimeSpan)measured.Properties["Outage"].Value, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Single((System.Collections.IEnumerable)measured.Properties["Output"].Value);
    }

    [Fact]
    public async Task A_stop_in_mid_move_leaves_the_guest_running_in_one_place()
    {
        // Slow enough that it can't be over before it is stopped.
        _ = Run("Set-EmbeddedHost et-virt08 -LinkBandwidth 16MB");

        string text = await _runspace.StopWhenMovingAsync(ThereLive).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Contains("WARNING: testvm1: et-virt08 to et-virt07, Aborted", text);
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Where());
    }

    [Fact]
    public void A_real_host_is_not_broken()
    {
        Written written = _runspace.Run("Set-EmbeddedHost xen1 -CutLink");

        Assert.Equal(["NotSupportedByToolstack"], written.ErrorIds);
    }

    public void Dispose()
    {
        _runspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Written Run(string script)
    {
        Written written = _runspace.Run(script);
        Assert.Empty(written.Errors);
        return written;
    }

    private string[] Texts(string script) => [.. Run(script).Output.Select(item => item.ToString())];

    private string[] Where() => Texts("Get-Guest | ForEach-Object { \"$($_.Name)@$($_.ComputerName)\" }");

    private static string[] Values(PSObject item, params string[] names) =>
        [.. names.Select(name => item.Properties[name].Value?.ToString() ?? "")];
}
