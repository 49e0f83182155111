namespace XenMigrate.Lab.Tests;

/// <summary>What is wrong with a host as a machine, and is found before a guest suffers from it.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class HostCheckTests
{
    [LabFact]
    public void A_clock_of_the_chapters_sample_is_4_h_28_min_off()
    {
        using ModuleSession module = new();
        using IDisposable astray = Breakage.ClockAstray.Apply();

        CheckResult clock = Check(module, "XM-TIM-01");

        Assert.True((clock.Status, clock.ErrorId) == (CheckStatus.Failed, "ClockSkewExceeded"), clock.ToString());
        Assert.Contains("4 h 2", clock.Message, StringComparison.Ordinal);
        Assert.Contains("et-virt08", clock.Remediation, StringComparison.Ordinal);
    }

    [LabFact]
    public void A_packet_filter_that_drops_ssh_is_told_from_an_ssh_that_fails()
    {
        using ModuleSession module = new();
        using IDisposable blocked = Breakage.UnreachableDestination.Apply();

        CheckResult[] results = Checks(module, "et-virt07 et-virt08");

        Assert.Equal(CheckStatus.Failed, Single(results, "XM-FW-01").Status);
        Assert.Equal(CheckStatus.Skipped, Single(results, "XM-CON-02").Status);
    }

    [LabFact]
    public void A_guest_that_offers_all_but_suspension_is_kept()
    {
        using ModuleSession module = new(fresh: true);
        using IDisposable silent = Breakage.SilentGuest.Apply();

        CheckResult suspend = Single(Checks(module, "et-virt08 et-virt07 -Name testvm1"), "XM-DEV-04");

        Assert.True(suspend.Status == CheckStatus.Failed, suspend.ToString());
    }

    [LabFact]
    public void Real_guests_and_hosts_tell_of_clocks_cpus_devices_and_suspension()
    {
        using ModuleSession module = new(fresh: true);

        CheckResult[] results = Checks(module, "et-virt08 et-virt07 -Name testvm1");

        Assert.All(
            ["XM-CPU-01", "XM-CPU-02", "XM-CPU-03", "XM-DEV-02", "XM-DEV-03", "XM-DEV-04", "XM-DEV-05", "XM-VER-03", "XM-VER-04"],
            id => Assert.True(Single(results, id).Status == CheckStatus.Passed, Single(results, id).ToString()));
        // An emulated host may take longer to answer than clocks may differ.
        CheckResult clock = Single(results, "XM-TIM-01");
        Assert.True(
            clock.Status == CheckStatus.Passed
                || (clock.Status == CheckStatus.Warning && clock.Message.Contains("may or may not be more than 1 s", StringComparison.Ordinal)),
            clock.ToString());
        Assert.Contains("can give testvm1 every CPU feature", Single(results, "XM-CPU-02").Message, StringComparison.Ordinal);
    }

    private static CheckResult Check(ModuleSession module, string id) => Single(Checks(module, "et-virt07 et-virt08"), id);

    private static CheckResult[] Checks(ModuleSession module, string words)
    {
        Outcome test = module.Run("Test-MigrationEnvironment " + words);
        Assert.Empty(test.Errors);
        return [.. test.Output.Select(o => (CheckResult)o.BaseObject)];
    }

    private static CheckResult Single(CheckResult[] results, string id) => Assert.Single(results, result => result.Id == id);
}
