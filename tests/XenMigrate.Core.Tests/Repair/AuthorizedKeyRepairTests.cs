namespace XenMigrate.Tests;

public class AuthorizedKeyRepairTests
{
    private readonly SshPair _pair = new();

    [Fact]
    public async Task The_sources_own_key_is_added_to_the_destinations_authorized_keys()
    {
        RepairPlan plan = await PlanAsync();
        Assert.Empty(_pair.Added);
        await SshPair.DoAsync(plan);

        Assert.Equal([$"/root/.ssh/authorized_keys: ssh-ed25519 {SshPair.Ed25519} root@a"], _pair.Added);
        Assert.Equal("b", Assert.Single(plan.Steps).Host);
        Assert.EndsWith("/root/.ssh/id_rsa /root/.ssh/id_ed25519", _pair.Source.Commands[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_without_a_key_gets_none()
    {
        _ = _pair.Source.Fails("sh -c 'for file do*", exitCode: 31);

        RepairPlan plan = await PlanAsync();

        Assert.Empty(plan.Steps);
        Assert.Contains("ssh-keygen -t ed25519", plan.Left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_there_already_is_not_added_again()
    {
        _ = _pair.Destination.Answers("sh -c 'printf*", $"/root\nfrom=\"c\" ssh-ed25519 {SshPair.Ed25519} root@a\n");

        RepairPlan plan = await PlanAsync();

        Assert.Empty(plan.Steps);
        Assert.Contains("sshd_config", plan.Left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_keys_are_left_alone()
    {
        _ = _pair.Source.Answers("ssh -G b", "user xen\nhostname b\nport 22\nuserknownhostsfile /root/.ssh/known_hosts\n");

        RepairPlan plan = await PlanAsync();

        Assert.Empty(plan.Steps);
        Assert.Contains("logs in as xen", plan.Left, StringComparison.Ordinal);
    }

    [PosixFact]
    public async Task A_key_with_a_passphrase_is_passed_over_for_one_without()
    {
        using TemporaryFolder folder = new();
        foreach ((string name, string phrase) in new[] { ("id_rsa", "secret"), ("id_ed25519", "") })
        {
            _ = await LocalShell.RunAsync(new RemoteCommand(
                "ssh-keygen", "-q", "-t", "ed25519", "-N", phrase, "-f", $"{folder.Path}/{name}"));
        }

        _ = _pair.Source
            .Answers("sh -c 'printf %s*", folder.Path)
            .Answers("ssh -G b", "user root\nhostname b\nport 22\nidentityfile ~/none\nidentityfile ~/id_rsa\nidentityfile ~/id_ed25519\nuserknownhostsfile /root/.ssh/known_hosts\n")
            .Does("sh -c 'for file do*", (command, _, _) => LocalShell.RunAsync(command));
        if (!File.Exists(folder.Path + "/id_ed25519.pub"))
        {
            // No ssh-keygen on this machine.
            return;
        }

        await SshPair.DoAsync(await PlanAsync());

        Assert.Contains(File.ReadAllText(folder.Path + "/id_ed25519.pub").Split(' ')[1], Assert.Single(_pair.Added), StringComparison.Ordinal);
    }

    private Task<RepairPlan> PlanAsync() => new AuthorizedKeyRepair().PlanAsync(_pair.Scene, default);
}
