namespace XenMigrate.Tests;

public class HostKeyRepairTests
{
    private readonly SshPair _pair = new();

    [Fact]
    public async Task Keys_that_the_destination_itself_has_are_added_to_known_hosts()
    {
        RepairPlan plan = await PlanAsync();
        Assert.Empty(_pair.Added);
        await SshPair.DoAsync(plan);

        Assert.Equal([$"/root/.ssh/known_hosts: b ssh-ed25519 {SshPair.Ed25519} | b ssh-rsa {SshPair.Rsa}"], _pair.Added);
        RepairStep step = Assert.Single(plan.Steps);
        Assert.Equal("a", step.Host);
        Assert.Contains("SHA256:", step.Action, StringComparison.Ordinal);
        Assert.Null(step.Question);
    }

    [Fact]
    public async Task A_key_that_the_destination_does_not_have_is_never_trusted()
    {
        _ = _pair.Source.Answers("ssh-keyscan *", $"b ssh-rsa {SshPair.Rsa}\nb ssh-ed25519 {SshPair.Stranger}\n");

        RepairPlan plan = await PlanAsync();

        Assert.Empty(plan.Steps);
        Assert.Contains("Nothing is trusted", plan.Left, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "connect to host b port 22: No route to host", "No route to host")]
    [InlineData("\0\u00ff garbage ssh-ed25519", "", "shown no key")]
    public async Task A_source_that_is_shown_no_key_adds_none(string output, string error, string said)
    {
        _ = _pair.Source.Answers("ssh-keyscan *", output, error);

        RepairPlan plan = await PlanAsync();

        Assert.Empty(plan.Steps);
        Assert.Contains(said, plan.Left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_destinations_own_files_nothing_is_compared_and_nothing_added()
    {
        _ = _pair.Destination.Answers("sh -c 'cat /etc/ssh/*", "", "cat: No such file or directory", 1);

        Assert.Contains("to compare with", (await PlanAsync()).Left, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes", 1)]
    [InlineData("no", 0)]
    public async Task Where_names_are_hashed_the_added_one_is_too(string setting, int grep)
    {
        _ = _pair.Goes(hashes: setting).Source
            .Answers("grep -q *", "", exitCode: grep)
            .Answers("ssh-keyscan -H -T 15 -p 22 b", $"|1|salt=|hash= ssh-ed25519 {SshPair.Ed25519}\n");

        await SshPair.DoAsync(await PlanAsync());

        Assert.Equal([$"/root/.ssh/known_hosts: |1|salt=|hash= ssh-ed25519 {SshPair.Ed25519}"], _pair.Added);
    }

    [Theory]
    [InlineData("2222", "", "[b]:2222")]
    [InlineData("22", "hostkeyalias the-alias\n", "the-alias")]
    public async Task The_key_is_kept_under_the_name_that_ssh_will_look_for(string port, string more, string name)
    {
        _ = _pair.Goes(more, port).Source.Answers($"ssh-keyscan -T 15 -p {port} b", $"b ssh-ed25519 {SshPair.Ed25519}\n");

        await SshPair.DoAsync(await PlanAsync());

        Assert.Equal([$"/root/.ssh/known_hosts: {name} ssh-ed25519 {SshPair.Ed25519}"], _pair.Added);
    }

    [Fact]
    public async Task What_ssh_does_not_say_is_not_guessed()
    {
        _ = _pair.Source.Answers("ssh -G b", "", "ssh: illegal option -- G", 255);

        _ = await Assert.ThrowsAsync<OutputNotUnderstoodException>(PlanAsync);
    }

    [Fact]
    public async Task A_changed_key_is_replaced_after_a_question_with_both_fingerprints()
    {
        PublicKey old = new("ssh-ed25519", SshPair.Stranger);
        _ = _pair.Source
            .Answers("ssh-keygen -F b -f /root/.ssh/known_hosts", $"# Host b found: line 3\nb ssh-ed25519 {SshPair.Stranger}\n")
            .Answers("ssh-keygen -R b -f /root/.ssh/known_hosts", "updated");

        RepairPlan plan = await new ChangedHostKeyRepair().PlanAsync(_pair.Scene, default);
        Assert.DoesNotContain(_pair.Source.Commands, command => command.Contains("-R", StringComparison.Ordinal));
        await SshPair.DoAsync(plan);

        string question = plan.Steps[0].Question!;
        Assert.Contains(old.Fingerprint, question, StringComparison.Ordinal);
        Assert.Contains(new PublicKey("ssh-ed25519", SshPair.Ed25519).Fingerprint, question, StringComparison.Ordinal);
        Assert.Contains("ssh-keygen -R b -f /root/.ssh/known_hosts", _pair.Source.Commands);
        Assert.Single(_pair.Added);
    }

    [Fact]
    public async Task A_changed_key_that_the_destination_does_not_have_is_not_even_asked_about()
    {
        _ = _pair.Source.Answers("ssh-keyscan *", $"b ssh-ed25519 {SshPair.Stranger}\n");

        Assert.Empty((await new ChangedHostKeyRepair().PlanAsync(_pair.Scene, default)).Steps);
    }

    [Fact]
    public async Task An_old_key_in_another_file_stays()
    {
        _ = _pair.Source.Fails("ssh-keygen -F *");

        RepairPlan plan = await new ChangedHostKeyRepair().PlanAsync(_pair.Scene, default);

        Assert.Empty(plan.Steps);
        Assert.Contains("other files are not touched", plan.Left, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fingerprint_is_what_ssh_keygen_prints() => Assert.Equal(
        "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
        new PublicKey("ssh-ed25519", "").Fingerprint);

    private Task<RepairPlan> PlanAsync() => new UnknownHostKeyRepair().PlanAsync(_pair.Scene, default);
}
