using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

/// <summary>Guests that may go to several hosts. The embedded pair has one besides the one that they are on.</summary>
public sealed class PlanTests : IDisposable
{
    private const string MakePlan =
        "$plan = Get-Guest -ComputerName et-virt08 | New-MigrationPlan -Destination et-virt08, et-virt07 -Live -Sort Name; ";

    private const string There = "Get-Guest | ForEach-Object { \"$($_.Name)@$($_.ComputerName)\" }";

    private readonly ModuleRunspace _runspace = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;

    public PlanTests() => Assert.Empty(_runspace.Run("$null = Connect-MigrationHost -Embedded").Errors);

    [Fact]
    public void Each_guest_goes_to_a_destination_that_takes_it()
    {
        Assert.Equal(["testvm1 et-virt07 Succeeded", "testvm2 et-virt07 Succeeded"], Texts(
            $"Get-Guest -ComputerName et-virt08 | Move-Guest -Destination et-virt08, et-virt07 -Live -Force -LogPath '{_folder}' | ForEach-Object {{ \"$($_.Name) $($_.Destination) $($_.Outcome)\" }}").Order());
    }

    [Fact]
    public void A_plan_is_looked_at_and_carried_out()
    {
        string text = _runspace.Show(MakePlan + "$plan");
        string[] before = Texts(There);
        string[] moved = Texts($"$plan | Move-Guest -Force -ThrottleLimit 1 -LogPath '{_folder}' | ForEach-Object {{ \"$($_.Name) $($_.Mode) $($_.Outcome)\" }}");

        Assert.Matches(@"testvm1 +et-virt08 +et-virt07 +Live +\d+", text);
        Assert.Matches(@"et-virt07 \(\d+ MiB free\): 2 guests, \d+ MiB left", text);
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], before);
        Assert.Equal(["testvm1", "testvm2"], moved.Select(line => line.Split(' ')[0]));
        Assert.All(moved, line => Assert.EndsWith(" Succeeded", line));
        Assert.Equal(["testvm1@et-virt07", "testvm2@et-virt07"], Texts(There));
    }

    [Theory]
    // As Import-Clixml and ConvertFrom-Json give it back.
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($plan, 5))")]
    [InlineData("[pscustomobject]@{ Order = 1; GeneratedAt = '2026-11-23T12:00:00Z'; Unplaced = @(); Host = @([pscustomobject]@{ ComputerName = 'et-virt07'; FreeMemoryMB = 1000L; Apart = @() }); Move = @($plan.Move | ForEach-Object { [pscustomobject]@{ Name = $_.Name; Uuid = [string]$_.Uuid; Source = $_.Source; Destination = $_.Destination; MemoryMB = $_.MemoryMB; Mode = 0L; Apart = $null; PredictedDuration = $null } }) }")]
    public void A_plan_that_was_kept_is_changed_and_carried_out(string read)
    {
        _ = Run($"{MakePlan} $kept = {read}; $kept.Move = @($kept.Move | Where-Object Name -eq testvm1)");

        Assert.Equal(["testvm1 Live Succeeded"], Texts(
            $"$kept | Move-Guest -LogPath '{_folder}' | ForEach-Object {{ \"$($_.Name) $($_.Mode) $($_.Outcome)\" }}"));
        Assert.Equal(["testvm1@et-virt07", "testvm2@et-virt08"], Texts(There));
    }

    [Theory]
    [InlineData("$plan.Move[0].Destination = 'xen9'")]
    [InlineData("$plan.Move.Add($plan.Move[0])")]
    [InlineData("$plan = [XenMigrate.Fleet.FleetPlan]@{ Move = $plan.Move; Host = [XenMigrate.Fleet.FleetHost[]]@([XenMigrate.Fleet.FleetHost]@{ ComputerName = 'et-virt07'; FreeMemoryMB = 1 }) }")]
    public void A_plan_that_cannot_be_carried_out_moves_nothing(string change)
    {
        Written written = _runspace.Run($"{MakePlan} {change}; $plan | Move-Guest -LogPath '{_folder}'");

        Assert.Equal(["PlanInvalid"], written.ErrorIds);
        Assert.Empty(written.Output);
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Texts(There));
    }

    [Fact]
    public void What_was_so_when_the_plan_was_made_is_looked_at_again()
    {
        _ = Run(MakePlan + "Set-EmbeddedHost et-virt07 -BridgeName xenbr9");

        Written written = _runspace.Run($"$plan | Move-Guest -LogPath '{_folder}'");

        Assert.Equal(["PreflightFailed", "PreflightFailed"], written.ErrorIds);
        Assert.All(written.Output, result => Assert.Equal("BridgeMissing", result.Properties["ErrorId"].Value));
    }

    [Fact]
    public void What_keeps_a_guest_is_told_with_checks_and_remedies()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -BridgeName xenbr9");

        string text = _runspace.Show(MakePlan + "$plan");
        Written moved = _runspace.Run($"Move-Guest testvm1 -ComputerName et-virt08 -Destination et-virt08, et-virt07 -Live -LogPath '{_folder}'");

        Assert.Equal(["XM-NET-01 et-virt07"], Texts("$plan.Unplaced[0].Blocker | ForEach-Object { \"$($_.Id) $($_.Destination)\" }"));
        Assert.Contains("[XM-NET-01]", text);
        Assert.Equal(["PreflightFailed"], moved.ErrorIds);
        Assert.Equal("BridgeMissing", Assert.Single(moved.Output).Properties["ErrorId"].Value);
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Texts(There));
    }

    [Fact]
    public void A_host_that_cannot_be_reached_gets_no_guest()
    {
        Assert.Equal(["et-virt07", "et-virt07"], Texts(
            "(Get-Guest | New-MigrationPlan -Destination no-such-host.invalid, et-virt07 -Live).Move.Destination"));
        Assert.Equal(["XM-CON-01"], Texts(
            "(Get-Guest testvm1 | New-MigrationPlan -Destination no-such-host.invalid -Live).Unplaced.Blocker | Where-Object Id -like XM-CON-01 | ForEach-Object Id"));
    }

    [Fact]
    public void Together_they_get_no_more_than_there_is_room_for()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -FreeMemoryMB ((Get-Guest testvm1).MemoryMB + 8)");

        Assert.Equal(["1 InsufficientMemory"], Texts(MakePlan + "\"$($plan.Move.Count) $($plan.Unplaced.ErrorId)\""));
    }

    [Theory]
    [InlineData("{ $_.Name -replace '\\d+$' }", "1 1")]
    [InlineData("{ $_.Name }", "2 0")]
    [InlineData("Toolstack", "1 1")]
    public void Guests_with_the_same_value_are_kept_apart(string antiAffinity, string counts) => Assert.Equal([counts], Texts(
        $"$plan = Get-Guest | New-MigrationPlan -Destination et-virt07 -Live -AntiAffinity {antiAffinity}; \"$($plan.Move.Count) $($plan.Unplaced.Count)\""));

    [Fact]
    public void A_property_that_no_guest_has_is_an_error()
    {
        Written written = _runspace.Run("Get-Guest | Move-Guest -Destination et-virt07 -Live -AntiAffinity Rack");

        Assert.Contains("'Rack'", Assert.Single(written.Errors).ToString());
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Texts(There));
    }

    [Fact]
    public void With_a_bandwidth_a_plan_tells_times()
    {
        Assert.Equal(["True True"], Texts(
            "$move = (Get-Guest testvm1 | New-MigrationPlan -Destination et-virt07 -Bandwidth 1MB).Move[0]; \"$($move.PredictedDuration.TotalSeconds -gt $move.MemoryMB) $($move.PredictedDowntime -eq $move.PredictedDuration)\""));
        Assert.Equal(["True"], Texts("$null -eq (Get-Guest testvm1 | New-MigrationPlan -Destination et-virt07).Move[0].PredictedDuration"));
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

    private string[] Texts(string script) => [.. Run(script).Output.Select(item => $"{item}")];
}
