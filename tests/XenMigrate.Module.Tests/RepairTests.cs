using System;
using System.Linq;
using System.Management.Automation;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

/// <summary>Repair-MigrationEnvironment as it is used: behind Test-MigrationEnvironment, on the embedded pair.</summary>
public sealed class RepairTests : IDisposable
{
    private const string Test = "Test-MigrationEnvironment et-virt08 et-virt07";

    private readonly ModuleRunspace _runspace = new();

    public RepairTests() => Assert.Empty(_runspace.Run("$null = Connect-MigrationHost -Embedded").Errors);

    [Theory]
    [InlineData("-Relocation Off", "XM-REL-01")]
    [InlineData("-HostsAllow '^nobody$'", "XM-REL-04")]
    public void What_was_found_is_mended_and_found_well(string fault, string id)
    {
        _ = _runspace.Run("Set-EmbeddedHost et-virt07 " + fault);

        Written written = _runspace.Run(Test + " | Repair-MigrationEnvironment -Confirm:$false");

        Assert.Empty(written.Errors);
        PSObject result = Assert.Single(written.Output);
        Assert.Equal([id, "Repaired", "Passed"], Values(result, "Id", "Outcome", "Status"));
        Assert.Equal("True", Assert.Single(_runspace.Run(Test + " -Quiet").Output).ToString());
    }

    [Fact]
    public void What_passed_is_passed_over() => Assert.Empty(_runspace.Run(Test + " | Repair-MigrationEnvironment -Confirm:$false").Output);

    [Fact]
    public void What_is_not_mended_is_told_with_its_remedy()
    {
        _ = _runspace.Run("Set-EmbeddedHost et-virt07 -UnmountStorage -Relocation Off");

        PSObject[] results = [.. _runspace.Run(Test + " -Name testvm1 | Repair-MigrationEnvironment -Confirm:$false").Output];

        Assert.Contains(results, result => Values(result, "Id", "Outcome").SequenceEqual(["XM-REL-01", "Repaired"]));
        PSObject disk = Assert.Single(results, result => Values(result, "Id")[0] == "XM-STO-01");
        Assert.Equal(["Left", "Failed"], Values(disk, "Outcome", "Status"));
        Assert.Contains("et-virt07", (string)disk.Properties["Remediation"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_shows_it_and_mends_nothing()
    {
        _ = _runspace.Run("Set-EmbeddedHost et-virt07 -Relocation Off");

        string shown = _runspace.Show(Test + " | Repair-MigrationEnvironment -WhatIf");

        Assert.Contains("What if", shown, StringComparison.Ordinal);
        Assert.Contains("service xend restart", shown, StringComparison.Ordinal);
        Assert.Equal("False", Assert.Single(_runspace.Run(Test + " -Quiet").Output).ToString());
    }

    [Fact]
    public void A_result_of_another_day_is_looked_at_again_first()
    {
        _ = _runspace.Run($"Set-EmbeddedHost et-virt07 -Relocation Off; $old = {Test}; Set-EmbeddedHost et-virt07 -Reset");

        PSObject result = Assert.Single(_runspace.Run("Repair-MigrationEnvironment $old -Confirm:$false").Output);

        Assert.Equal(["XM-REL-01", "Repaired"], Values(result, "Id", "Outcome"));
        Assert.Empty((System.Collections.IEnumerable)result.Properties["Action"].Value);
    }

    public void Dispose() => _runspace.Dispose();

    private static string[] Values(PSObject item, params string[] names) =>
        [.. names.Select(name => item.Properties[name].Value?.ToString() ?? "")];
}
