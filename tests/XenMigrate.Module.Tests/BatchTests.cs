using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

/// <summary>Several guests at once, between the embedded hosts.</summary>
public sealed class BatchTests : IDisposable
{
    private const string All =
        "Get-Guest -ComputerName et-virt08 | Move-Guest -Destination et-virt07 -Live -OfflineFallback Always";

    private readonly ModuleRunspace _runspace = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("xenmigrate-").FullName;

    public BatchTests() => Assert.Empty(_runspace.Run("$null = Connect-MigrationHost -Embedded").Errors);

    [Fact]
    public void A_host_is_emptied_two_guests_at_a_time()
    {
        _ = Run("Set-EmbeddedHost et-virt08 -LinkBandwidth 96MB");

        PSObject[] results = [.. Run($"{All} -LogPath '{_folder}'").Output];

        Assert.Equal(["Succeeded", "Succeeded"], results.Select(result => $"{result.Properties["Outcome"].Value}"));
        Assert.Equal(["testvm1@et-virt07", "testvm2@et-virt07"], Texts("Get-Guest | ForEach-Object { \"$($_.Name)@$($_.ComputerName)\" }"));
        Assert.Equal(["True"], Texts(
            $"$a, $b = Get-GuestMigration -LogPath '{_folder}' -State Finished; $a.BeganAt -lt $b.EndedAt -and $b.BeganAt -lt $a.EndedAt -and $a.Batch -eq $b.Batch"));
    }

    [Fact]
    public void One_at_a_time_they_go_in_the_order_asked_for()
    {
        Assert.Equal(["testvm2", "testvm1"], Texts(
            $"'testvm2', 'testvm1' | Move-Guest -Destination et-virt07 -Live -OfflineFallback Always -ThrottleLimit 1 -LogPath '{_folder}' | ForEach-Object Name"));
        Assert.Equal(["testvm1", "testvm2"], Texts(
            $"'testvm2', 'testvm1' | Move-Guest -ComputerName et-virt07 -Destination et-virt08 -Live -OfflineFallback Always -ThrottleLimit 1 -Sort Name -LogPath '{_folder}' | ForEach-Object Name"));
        Assert.Equal(["True"], Texts(
            $"$moves = Get-GuestMigration -LogPath '{_folder}'; $moves.Count -eq 4 -and $moves[0].BeganAt -ge $moves[1].EndedAt"));
    }

    [Fact]
    public void Where_one_guest_has_room_the_other_is_refused_and_stays()
    {
        _ = Run("Set-EmbeddedHost et-virt07 -FreeMemoryMB ((Get-Guest testvm1).MemoryMB + 8)");

        Written written = _runspace.Run($"{All} -LogPath '{_folder}'");

        Assert.Equal(["PreflightFailed"], written.ErrorIds);
        Assert.Equal(["Refused", "Succeeded"], written.Output.Select(result => $"{result.Properties["Outcome"].Value}").Order());
        Assert.Equal(["1"], Texts("@(Get-Guest -ComputerName et-virt07).Count"));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("Name", "testvm1 et-virt07", "testvm2 et-virt08")]
    [InlineData("None", "testvm2 et-virt08", "testvm1 et-virt07")]
    public void What_if_tells_the_order_the_destinations_and_by_earlier_moves_the_times_of_several_guests_and_destinations(
        string sort, string first, string second)
    {
        _ = Run($"Move-Guest testvm2 -Destination et-virt07 -Live -OfflineFallback Always -LogPath '{_folder}'");
        string moves = $"(Get-Guest testvm2), (Get-Guest testvm1) | Move-Guest -Destination et-virt07, et-virt08 -Live -OfflineFallback Always -ThrottleLimit 1 -Sort {sort} -LogPath '{_folder}'";

        Match[] told =
        [
            .. _runspace.Show($"{moves} -WhatIf").Split('\n').Where(line => line.StartsWith("What if", StringComparison.Ordinal))
                .Select(line => Regex.Match(line, """operation "(\d)\. Live-migrate to (\S+); time: about ([0-9.]+ m?s), for \d+ MiB at the [0-9.]+ [MG]iB/s of the last move between these hosts; pause: 3 s at most, longer for a guest that is too busy" on target "(\w+) """)),
        ];
        string[] done = Texts($"{moves} | ForEach-Object {{ \"$($_.Name) $($_.Destination) $($_.Outcome)\" }}");

        Assert.Equal([$"1 {first}", $"2 {second}"], told.Select(match => $"{match.Groups[1].Value} {match.Groups[4].Value} {match.Groups[2].Value}"));
        Assert.Equal([$"{first} Succeeded", $"{second} Succeeded"], done);
    }

    [Fact]
    public void What_if_leaves_no_journal_and_moves_nothing()
    {
        Assert.Empty(Run($"{All} -LogPath '{_folder}' -WhatIf").Output);

        Assert.Empty(Directory.GetFiles(_folder));
        Assert.Equal(["2"], Texts("@(Get-Guest -ComputerName et-virt08).Count"));
    }

    [Fact]
    public void What_if_tells_the_order_and_the_destinations_of_what_then_happens()
    {
        string moves = $"{All} -Bandwidth 2GB -ThrottleLimit 1 -Sort MemoryDescending -LogPath '{_folder}'";
        _ = Run("Set-EmbeddedHost et-virt07 -FreeMemoryMB ((Get-Guest testvm1).MemoryMB + 8)");

        string[] told = [.. _runspace.Show($"{moves} -WhatIf").Split('\n').Where(line => line.StartsWith("What if", StringComparison.Ordinal))];
        Written done = _runspace.Run(moves);

        Assert.Equal(2, told.Length);
        Assert.Matches("""operation "1\. Live-migrate to et-virt07; time: [0-9.]+ m?s at least, for 256 MiB at 2 GiB/s; pause: 3 s at most, longer for a guest that is too busy" on target "testvm1 \(256 MiB\) on et-virt08".""", told[0]);
        Assert.Matches("""operation "2\. Refuse to move to et-virt07: after those before it \d+ MiB are free there, and it needs 257" on target "testvm2""", told[1]);
        Assert.Equal(
            ["testvm1 et-virt07 Succeeded", "testvm2 et-virt07 Refused"],
            done.Output.Select(result => $"{result.Properties["Name"].Value} {result.Properties["Destination"].Value} {result.Properties["Outcome"].Value}"));
    }

    [Theory]
    [InlineData("", "Warning")]
    [InlineData("-ClockTolerance 20", "Passed")]
    public void Clocks_may_be_as_far_apart_as_is_tolerated(string tolerance, string status)
    {
        _ = Run("Set-EmbeddedHost et-virt07 -ClockOffset 10");

        Assert.Equal([$"Succeeded {status}"], Texts(
            $"Move-Guest testvm1 -Destination et-virt07 -Live {tolerance} -LogPath '{_folder}' | ForEach-Object {{ \"$($_.Outcome) $(($_.Check | Where-Object Id -eq XM-TIM-01).Status)\" }}"));
    }

    [Fact]
    public void Out_of_one_host_go_no_more_at_a_time_than_its_limit()
    {
        _ = Run($"{All} -ThrottleLimit 4 -HostLimit 1 -LogPath '{_folder}'");

        Assert.Equal(["True"], Texts($"$late, $early = Get-GuestMigration -LogPath '{_folder}' -State Finished; $late.BeganAt -ge $early.EndedAt"));
    }

    [Fact]
    public void A_result_leads_to_its_journal()
    {
        Assert.Equal(["Finished Succeeded et-virt07"], Texts(
            $"Move-Guest testvm1 -Destination et-virt07 -Live -LogPath '{_folder}' | Get-GuestMigration | ForEach-Object {{ \"$($_.State) $($_.Outcome) $($_.ComputerName)\" }}"));
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
