using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

/// <summary>Move-Guest -AsJob between the embedded hosts.</summary>
public sealed class JobTests : IDisposable
{
    private readonly ModuleRunspace _runspace = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;

    public JobTests() => Assert.Empty(_runspace.Run("$null = Connect-MigrationHost -Embedded").Errors);

    private string Start => $"$job = Get-Guest | Move-Guest -Destination et-virt07 -Live -AsJob -LogPath '{_folder}'";

    [Fact]
    public void A_job_moves_guests_and_is_received_like_any_other()
    {
        _ = Run($"{Start} -OfflineFallback Always -Verbose");

        Assert.Equal(["et-virt07 XenMigrate True"], Texts("$j = Get-Job; \"$($j.Location) $($j.PSJobTypeName) $($j.Command.StartsWith('$job = Get-Guest'))\""));
        Assert.Equal(["Completed"], Texts("(Wait-Job $job -Timeout 60).State"));
        Assert.Equal(["True True True"], Texts(
            "\"$($job.HasMoreData) $($job.Progress.Count -gt 2) $([bool]($job.Verbose.Message -match '^et-virt08: .*xm migrate'))\""));
        Assert.Equal(["testvm1 Succeeded", "testvm2 Succeeded"], Texts("Receive-Job $job | ForEach-Object { \"$($_.Name) $($_.Outcome)\" }").Order());
        Assert.Empty(Run("Receive-Job $job; Remove-Job $job; Get-Job").Output);
        Assert.Equal(["2"], Texts("@(Get-Guest -ComputerName et-virt07).Count"));
    }

    [Theory]
    [InlineData("Get-Guest | New-MigrationPlan -Destination et-virt07, et-virt08 -Live -Sort Name | Move-Guest")]
    [InlineData("Get-Guest | Move-Guest -Destination et-virt07, et-virt08 -Live -Sort Name")]
    public void A_job_carries_out_a_plan_for_several_destinations(string moves)
    {
        // One guest on each host: each goes to the other.
        _ = Run($"$null = Move-Guest testvm2 -Destination et-virt07 -Live -OfflineFallback Always -LogPath '{_folder}'");

        _ = Run($"$job = {moves} -AsJob -OfflineFallback Always -ThrottleLimit 1 -LogPath '{_folder}'; $null = Wait-Job $job -Timeout 60");

        Assert.Equal(["et-virt07, et-virt08 Completed"], Texts("\"$($job.Location) $($job.State)\""));
        Assert.Equal(["testvm1 et-virt07 Succeeded", "testvm2 et-virt08 Succeeded"], Texts(
            "Receive-Job $job | ForEach-Object { \"$($_.Name) $($_.Destination) $($_.Outcome)\" }"));
    }

    [Fact]
    public void What_is_to_be_agreed_to_is_asked_before_the_job_begins()
    {
        Assert.Empty(Run($"{Start} -WhatIf; Get-Job").Output);
        Assert.Equal(["2"], Texts("@(Get-Guest -ComputerName et-virt08).Count"));
    }

    [Fact]
    public void A_guest_that_fails_is_an_error_of_a_job_that_completes()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -FreeMemoryMB ((Get-Guest testvm1).MemoryMB + 8)");

        _ = Run($"{Start} -OfflineFallback Always; $null = Wait-Job $job -Timeout 60");

        Assert.Equal(["Completed PreflightFailed Refused, Succeeded"], Texts(
            "\"$($job.State) $($job.Error.FullyQualifiedErrorId -replace ',.*') $(($job.Output.Outcome | ForEach-Object { \"$_\" } | Sort-Text) -join ', ')\"", Sorting));
    }

    [Fact]
    public void With_error_action_stop_nothing_begins_after_the_first_failure_and_the_job_has_failed()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -BridgeName xenbr9");

        _ = Run($"{Start} -ThrottleLimit 1 -ErrorAction Stop; $null = Wait-Job $job -Timeout 60");

        Assert.Equal(["Failed 1 1"], Texts("\"$($job.State) $($job.Output.Count) $($job.Error.Count)\""));
        Assert.Contains("testvm2 was not moved; it is on et-virt08.", Texts("$job.Warning.Message"));
    }

    [Fact]
    public void Stopping_a_job_gives_its_moves_up_and_says_where_each_guest_is()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -LinkBandwidth 4MB");
        _ = Run($"{Start} -ThrottleLimit 1; {UntilItCopies}; Stop-Job $job");

        Assert.Equal(["Stopped Aborted et-virt08"], Texts("\"$($job.State) $($job.Output.Outcome) $($job.Output.ComputerName)\""));
        Assert.Equal(["testvm2 was not moved; it is on et-virt08."], Texts("$job.Warning.Message"));
        Assert.Equal(["testvm1@et-virt08", "testvm2@et-virt08"], Texts("Get-Guest | ForEach-Object { \"$($_.Name)@$($_.ComputerName)\" }"));
        Assert.Equal(["True"], Texts($"[bool](Get-GuestMigration -LogPath '{_folder}' -State Finished)"));
    }

    [Fact]
    public void A_job_that_is_removed_by_force_has_ended_by_then()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -LinkBandwidth 4MB");
        _ = Run($"{Start}; {UntilItCopies}; Remove-Job $job -Force");

        Assert.Empty(Run("Get-Job").Output);
        Assert.Equal(["Stopped"], Texts("$job.State"));
        Assert.Equal(["2"], Texts("@(Get-Guest -ComputerName et-virt08).Count"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Remove-Module XenMigrate")]
    public void No_job_outlives_its_runspace_or_the_module(string end)
    {
        _ = Run("Set-EmbeddedHost et-virt07 -LinkBandwidth 4MB");
        Job job = (Job)Assert.Single(Run($"{Start}; {UntilItCopies}; $job").Output).BaseObject;

        if (end.Length > 0)
        {
            _ = Run(end);
        }
        else
        {
            _runspace.Dispose();
        }

        Assert.Equal(JobState.Stopped, job.JobStateInfo.State);
        Assert.All(Directory.GetFiles(_folder), file => Assert.Contains("\"Aborted\"", File.ReadLines(file).Last(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Without_guests_a_job_has_nothing_to_do()
    {
        Assert.Equal(["Completed 0"], Texts(
            "$job = Get-Guest nobody* | Move-Guest -Destination et-virt07 -AsJob; $null = Wait-Job $job -Timeout 60; \"$($job.State) $($job.Output.Count)\""));
    }

    public void Dispose()
    {
        _runspace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private const string Sorting = "function Sort-Text { $all = @($input); [Array]::Sort($all); $all }";

    // No cmdlet of the Utility module is here, so no Start-Sleep.
    private const string UntilItCopies =
        "$late = [DateTime]::UtcNow.AddSeconds(60); while (-not ($job.Progress.CurrentOperation -eq 'CopyingMemory') -and [DateTime]::UtcNow -lt $late) { [Threading.Thread]::Sleep(5) }";

    private Written Run(string script)
    {
        Written written = _runspace.Run(script);
        Assert.Empty(written.Errors.Select(error => $"{error.Exception}"));
        return written;
    }

    private string[] Texts(string script, string before = "") => [.. Run($"{before}\n{script}").Output.Select(item => $"{item}")];
}
