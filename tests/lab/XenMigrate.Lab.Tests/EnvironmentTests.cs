using XenMigrate.Environment;

namespace XenMigrate.Lab.Tests;

[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class EnvironmentTests
{
    [LabFact]
    public void A_sound_pair_of_hosts_passes_every_check()
    {
        using ModuleSession module = new();

        Outcome test = module.Run("Test-MigrationEnvironment et-virt08 et-virt07 -Name *");

        Assert.Empty(test.Errors);
        CheckResult[] results = [.. test.Output.Select(o => (CheckResult)o.BaseObject)];
        // Those about xend's relocation server are not for these hosts.
        Assert.All(results, result => Assert.True(
            result.Status == (result.Category == CheckCategory.Relocation ? CheckStatus.Skipped : CheckStatus.Passed), result.ToString()));
        Assert.Equal(["", "testvm1", "testvm2"], results.Select(result => result.Guest ?? "").Distinct().Order());
        Assert.True((bool)module.Run("Test-MigrationEnvironment et-virt08 et-virt07 -Quiet").Single.BaseObject);
    }

    [LabFact]
    public void A_host_that_can_not_be_reached_is_a_failed_check_and_no_passed_one()
    {
        using ModuleSession module = new();

        Outcome test = module.Run("Test-MigrationEnvironment et-virt08 127.0.0.1");

        CheckResult[] results = [.. test.Output.Select(o => (CheckResult)o.BaseObject)];
        Assert.Equal(CheckStatus.Failed, results.Single(result => result.Id == "XM-CON-01").Status);
        Assert.DoesNotContain(results, result => result.Id.StartsWith("XM-VER", StringComparison.Ordinal) && result.Status == CheckStatus.Passed);
        Assert.False((bool)module.Run("Test-MigrationEnvironment et-virt08 127.0.0.1 -Quiet").Single.BaseObject);
    }
}
