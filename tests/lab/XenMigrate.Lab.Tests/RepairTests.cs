namespace XenMigrate.Lab.Tests;

/// <summary>What real hosts can be spoilt by is mended by the module, and OpenSSH and xl see that it is.</summary>
[Collection("Lab")]
[Trait("Category", "Lab")]
public sealed class RepairTests
{
    private const string Test = "Test-MigrationEnvironment et-virt07 et-virt08";

    private const string NoQuestions = "-o BatchMode=yes -o StrictHostKeyChecking=yes";

    [LabFact]
    public void A_known_hosts_that_is_gone_gets_the_destinations_own_keys_and_no_other()
    {
        using ModuleSession module = new();
        using IDisposable mending = Breakage.UnknownHostKey.Apply();

        RepairResult result = Repair(module, Test, "XM-CON-03");

        Assert.True((result.Outcome, result.Status) == (RepairOutcome.Repaired, CheckStatus.Passed), result.ToString());
        Assert.Equal("ok", Lab.Run(Lab.Host07, $"ssh {NoQuestions} et-virt08 echo ok").Trim());
        Assert.Equal("600", Lab.Run(Lab.Host07, "stat -c %a /root/.ssh/known_hosts").Trim());
        string own = Lab.Run(Lab.Host08, "cut -d' ' -f2 /etc/ssh/ssh_host_*_key.pub");
        Assert.All(
            Lab.Run(Lab.Host07, "cut -d' ' -f3 /root/.ssh/known_hosts").Split('\n', StringSplitOptions.RemoveEmptyEntries),
            key => Assert.Contains(key, own, StringComparison.Ordinal));
    }

    [LongLabFact]
    public void A_key_that_changed_is_replaced_by_force_alone()
    {
        using ModuleSession module = new();
        _ = Lab.Run(Lab.Host07, "cp /root/.ssh/known_hosts /root/.ssh/known_hosts.good");
        try
        {
            // et-virt07's own key under the other's name.
            _ = Lab.Run(Lab.Host07, "key=$(cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub) && echo \"et-virt08 $key\" > /root/.ssh/known_hosts");

            RepairResult declined = Repair(module, Test, "XM-CON-03");
            RepairResult forced = Repair(module, Test, "XM-CON-03", "-Force");

            Assert.Equal((RepairOutcome.Declined, CheckStatus.Failed), (declined.Outcome, declined.Status));
            Assert.True((forced.Outcome, forced.Status) == (RepairOutcome.Repaired, CheckStatus.Passed), forced.ToString());
        }
        finally
        {
            _ = Lab.Run(Lab.Host07, "mv /root/.ssh/known_hosts.good /root/.ssh/known_hosts; rm -f /root/.ssh/known_hosts.old");
        }
    }

    [LabFact]
    public void A_source_whose_key_is_not_let_in_any_more_is_let_in_again()
    {
        using ModuleSession module = new();
        _ = Lab.Run(Lab.Host08, "cp -p /root/.ssh/authorized_keys /root/.ssh/authorized_keys.good");
        try
        {
            _ = Lab.Run(Lab.Host08, "sed -i '/root@lab-hosts/d' /root/.ssh/authorized_keys");

            RepairResult result = Repair(module, Test, "XM-CON-02");

            Assert.True((result.Outcome, result.Status) == (RepairOutcome.Repaired, CheckStatus.Passed), result.ToString());
            Assert.Equal("ok", Lab.Run(Lab.Host07, $"ssh {NoQuestions} et-virt08 echo ok").Trim());
        }
        finally
        {
            _ = Lab.Run(Lab.Host08, "mv /root/.ssh/authorized_keys.good /root/.ssh/authorized_keys");
        }
    }

    [LabFact]
    public void A_copy_that_a_killed_receiver_left_is_destroyed_and_the_guest_moves()
    {
        using ModuleSession module = new();
        // As a receiver that is killed leaves it: paused, under that name, with the guest's own uuid, and nobody at work on it.
        string uuid = Lab.Run(Lab.Host08, "sed -n 's/^uuid = \"\\(.*\\)\"/\\1/p' /etc/xen/testvm1.cfg").Trim();
        _ = Lab.Run(
            Lab.Host07,
            $"lab-guest testvm1--incoming 10.77.0.111 96 | sed 's/^uuid = .*/uuid = \"{uuid}\"/' > /root/left.cfg && xl create -q -p /root/left.cfg");
        long beat = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", 0);

        RepairResult result = Repair(module, "Test-MigrationEnvironment et-virt08 et-virt07 -Name testvm1", "XM-NAM-02");

        Assert.True((result.Outcome, result.Status) == (RepairOutcome.Repaired, CheckStatus.Passed), result.ToString());
        Assert.Empty(Lab.Guests(Lab.Host07));
        Assert.Equal([Lab.Host08], Lab.WhereRunning("testvm1"));
        _ = Lab.WaitForHeartbeat(Lab.Host08, "testvm1", beat);
    }

    private static RepairResult Repair(ModuleSession module, string test, string check, string more = "")
    {
        Outcome outcome = module.Run($"{test} | Where-Object Id -eq {check} | Repair-MigrationEnvironment -Confirm:$false {more}");
        Assert.Empty(outcome.Errors);
        return Assert.IsType<RepairResult>(outcome.Single.BaseObject);
    }
}
