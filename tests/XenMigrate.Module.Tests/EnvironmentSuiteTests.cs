using System;
using System.IO;
using System.Linq;
using Xunit;
using XenMigrate.ModuleTests.Hosting;

namespace XenMigrate.ModuleTests;

/// <summary>The suite for Pester that ships with the module, found and run by a stand-in for Pester on the embedded pair.</summary>
public sealed class EnvironmentSuiteTests : IDisposable
{
    private static readonly string s_suite = Path.Combine(BuiltModule.Folder, "module/Environment.Tests.ps1");

    private readonly ModuleRunspace _runspace = new();

    public EnvironmentSuiteTests() =>
        Assert.Empty(_runspace.Run($"$null = Connect-MigrationHost -Embedded; {PesterStub.Script}").Errors);

    [Fact]
    public void Each_check_is_a_test_with_the_same_outcome()
    {
        string[] tests = Run("@{ Source = 'et-virt08'; Destination = 'et-virt07'; Guest = 'testvm*' }");

        string[] checks =
        [
            .. _runspace.Run(
                "Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm* | ForEach-Object { \"$($_.Id) $($_.Name)$(if ($_.Guest) { \" ($($_.Guest))\" }): \" + "
                    + "$(if ($_.Status -eq 'Warning') { 'Inconclusive' } else { $_.Status }) }").Output.Select(item => item.ToString()),
        ];
        Assert.Equal(["can be checked: Passed", .. checks], tests);
        Assert.DoesNotContain(tests, test => test.Contains("Failed", StringComparison.Ordinal));
        Assert.Contains("XM-NET-01 Every bridge of the guest exists at the destination (testvm2): Passed", tests);
        Assert.Contains(tests, test => test.StartsWith("XM-CON-02 ", StringComparison.Ordinal) && test.EndsWith(": Skipped", StringComparison.Ordinal));
        Assert.Distinct(tests);
    }

    [Fact]
    public void A_check_that_fails_is_a_test_that_fails_and_says_what_to_do()
    {
        _ = _runspace.Run("Set-EmbeddedHost et-virt07 -BridgeName xenbr9");

        string failed = Assert.Single(
            Run("@{ Source = 'et-virt08'; Destination = 'et-virt07'; Guest = 'testvm1' }"), test => test.Contains(": Failed", StringComparison.Ordinal));

        Assert.StartsWith("XM-NET-01 ", failed, StringComparison.Ordinal);
        Assert.Contains("et-virt07", failed, StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_not_be_asked_fails_too()
    {
        string[] tests = Run("@{ Source = 'et-virt08'; Destination = 'nowhere.invalid' }");

        Assert.Contains(tests, test => test.StartsWith("XM-CON-01 ", StringComparison.Ordinal) && test.Contains(": Failed", StringComparison.Ordinal));
        Assert.Contains(tests, test => test.StartsWith("XM-VER-01 ", StringComparison.Ordinal) && test.Contains("but got Unknown", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$false", "Inconclusive")]
    [InlineData("$true", "Failed, Expected Passed")]
    public void A_warning_is_inconclusive_or_fails_as_asked(string strict, string outcome)
    {
        // Its name is let in and its address is not, which is for DNS to decide.
        _ = _runspace.Run("Set-EmbeddedHost et-virt07 -HostsAllow '^et-virt08'");

        string warned = Assert.Single(
            Run($"@{{ Source = 'et-virt08'; Destination = 'et-virt07'; Strict = {strict} }}"), test => test.StartsWith("XM-REL-04", StringComparison.Ordinal));

        Assert.Contains(": " + outcome, warned, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_is_not_there_is_no_green_run()
    {
        string test = Assert.Single(Run("@{ Source = 'et-virt08'; Destination = 'et-virt07'; Guest = 'nobody' }"));

        Assert.StartsWith("can be checked: Failed, ", test, StringComparison.Ordinal);
        Assert.Contains("nobody", test, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_destination_is_a_block_of_its_own() => Assert.Equal(
        2,
        Run("@{ Source = 'et-virt08'; Destination = 'et-virt07', 'nowhere.invalid' }").Count(test => test.StartsWith("can be checked", StringComparison.Ordinal)));

    public void Dispose() => _runspace.Dispose();

    private string[] Run(string data)
    {
        Written found = _runspace.Run($"$data = {data}; & '{s_suite}' @data");
        Assert.Empty(found.Errors);
        Written run = _runspace.Run("Invoke-Found");
        Assert.Empty(run.Errors);
        return [.. run.Output.Select(item => item.ToString())];
    }
}
