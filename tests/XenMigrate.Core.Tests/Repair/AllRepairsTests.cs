using System.Reflection;

namespace XenMigrate.Tests;

public class AllRepairsTests
{
    [Fact]
    public void Every_repair_is_in_the_list() => Assert.Equal(
        typeof(CheckRepair).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CheckRepair)) && !type.IsAbstract).OrderBy(type => type.Name),
        AllRepairs.All.Select(repair => repair.GetType()).OrderBy(type => type.Name));

    [Fact]
    public void Every_repair_answers_a_check_that_there_is() => Assert.All(
        AllRepairs.All, repair => Assert.Contains(AllChecks.InOrder, check => check.Id == repair.Mends.CheckId));

    [Fact]
    public void Whatever_can_be_mended_has_one_repair() => Assert.Equal(
        typeof(Mendable).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (Mendable)field.GetValue(null)!).OrderBy(one => one.ToString()),
        AllRepairs.All.Select(repair => repair.Mends).OrderBy(one => one.ToString()));

    [Fact]
    public void Whatever_can_be_mended_is_found_by_what_it_is() => Assert.All(
        AllRepairs.All, repair => Assert.Same(repair, AllRepairs.For(repair.Mends.CheckId, CheckStatus.Failed, repair.Mends.ErrorId)));

    [Fact]
    public void Storage_is_nobodys_to_repair() => Assert.DoesNotContain(
        AllChecks.InOrder.Where(check => check.Category == CheckCategory.Storage),
        check => AllRepairs.For(check.Id, CheckStatus.Failed, check.ErrorId) is not null);

    [Theory]
    [InlineData("XM-REL-01", CheckStatus.Failed, "RelocationDisabled", true)]
    [InlineData("xm-rel-01", CheckStatus.Failed, "RelocationDisabled", true)]
    [InlineData("XM-REL-01", CheckStatus.Unknown, null, false)]
    [InlineData("XM-REL-04", CheckStatus.Warning, null, false)]
    [InlineData("XM-CON-02", CheckStatus.Failed, "AuthenticationFailed", true)]
    [InlineData("XM-CON-02", CheckStatus.Failed, "TransportBroken", false)]
    [InlineData("XM-CON-03", CheckStatus.Failed, "HostKeyChanged", true)]
    [InlineData("XM-NET-01", CheckStatus.Failed, "BridgeMissing", false)]
    public void What_failed_may_be_repairable(string id, CheckStatus status, string? errorId, bool repairable) =>
        Assert.Equal(repairable, AllRepairs.For(id, status, errorId) is not null);

    [Fact]
    public void A_result_says_whether_it_is()
    {
        CheckResult[] results =
        [
            .. CheckRunner.Examine(
                Facts.Ssh(new SshProbe(255, "", null, null, Fixture.Text("failures/unknown-host-key.txt"))), new Moving(Live: true), CheckSelection.Everything),
        ];

        Assert.Equal(["XM-CON-03"], results.Where(result => result.Repairable).Select(result => result.Id));
    }
}
