namespace XenMigrate.Ssh.Tests;

public class SshTargetResolverTests
{
    private static readonly SshEnvironment s_environment = new("/home/me", "me", "/etc/ssh");

    [Fact]
    public void A_name_alone_has_the_defaults_of_ssh()
    {
        SshTarget target = Resolve(new HostConnection("Xen1"));

        Assert.Equal(("Xen1", "xen1", 22, "me"), (target.Name, target.HostName, target.Port, target.UserName));
        Assert.Equal("xen1", target.KnownHostsName);
        Assert.Equal(
            ["/home/me/.ssh/id_ed25519", "/home/me/.ssh/id_ecdsa", "/home/me/.ssh/id_rsa"],
            target.IdentityFiles.Select(file => file.Path));
        Assert.Equal("/home/me/.ssh/known_hosts", target.UserKnownHostsFiles[0]);
        Assert.Equal("/etc/ssh/ssh_known_hosts", target.GlobalKnownHostsFiles[0]);
        Assert.Null(target.Jump);
    }

    [Fact]
    public void What_the_user_says_goes_before_the_configuration()
    {
        SshTarget target = Resolve(
            new HostConnection("xen1") { UserName = "root", Port = 2200, KeyFilePath = "~/key", JumpHost = "a@jump:23" },
            "User nobody\nPort 22\nIdentityFile x\nProxyJump other");

        Assert.Equal(("root", 2200), (target.UserName, target.Port));
        Assert.Equal([new IdentityFile("/home/me/key", IdentityOrigin.Parameter)], target.IdentityFiles);
        Assert.Equal(("jump", "a", 23), (target.Jump!.HostName, target.Jump.UserName, target.Jump.Port));
    }

    [Theory]
    [InlineData("root@xen1", null, "root")]
    [InlineData("root@xen1", "admin", "admin")]
    public void A_user_may_come_with_the_name_or_the_credential(string name, string? credential, string expected)
    {
        HostConnection connection =
            new(name) { Credential = credential is null ? null : new NetworkCredential(credential, "secret") };

        Assert.Equal(expected, Resolve(connection).UserName);
    }

    [Fact]
    public void Tokens_and_the_home_folder_are_put_in()
    {
        SshTarget target = Resolve(
            new HostConnection("xen1"),
            "HostName %h.example.org\nUser root\nPort 23\nIdentityFile ~/k/%n_%h_%p_%r_%u%%\nCertificateFile %d/c");

        Assert.Equal("xen1.example.org", target.HostName);
        Assert.Equal("/home/me/k/xen1_xen1.example.org_23_root_me%", target.IdentityFiles.Single().Path);
        Assert.Equal(["/home/me/c"], target.CertificateFiles);
    }

    [Fact]
    public void Another_port_and_an_alias_change_the_name_in_known_hosts()
    {
        Assert.Equal("[xen1]:2222", Resolve(new HostConnection("xen1") { Port = 2222 }).KnownHostsName);
        Assert.Equal("rack7", Resolve(new HostConnection("xen1") { Port = 2222 }, "HostKeyAlias Rack7").KnownHostsName);
    }

    [Fact]
    public void Jump_hosts_are_resolved_by_the_configuration_too()
    {
        const string Text =
            """
            Host xen1
              ProxyJump first,bastion
            Host bastion
              HostName 192.0.2.1
              User jumper
            """;

        SshTarget target = Resolve(new HostConnection("xen1"), Text);

        Assert.Equal(("192.0.2.1", "jumper"), (target.Jump!.HostName, target.Jump.UserName));
        Assert.Equal("first", target.Jump.Jump!.HostName);
        Assert.Null(target.Jump.Jump.Jump);
    }

    [Fact]
    public void A_jump_host_for_all_hosts_does_not_go_through_itself()
    {
        SshTarget target = Resolve(new HostConnection("xen1"), "Host *\n  ProxyJump bastion");

        Assert.Null(target.Jump!.Jump);
        Assert.Null(Resolve(new HostConnection("bastion"), "Host *\n  ProxyJump bastion").Jump);
    }

    [Fact]
    public void Jump_hosts_in_a_circle_are_an_error()
    {
        ConfigurationInvalidException e = Assert.Throws<ConfigurationInvalidException>(
            () => Resolve(new HostConnection("xen1"), "Host a\nProxyJump b\nHost b\nProxyJump a\nHost *\nProxyJump a"));

        Assert.Contains("circles", e.Message);
    }

    [Fact]
    public void A_proxy_command_is_an_error_only_for_its_hosts()
    {
        const string Text = "Host far*\n  ProxyCommand nc %h %p";

        ConfigurationInvalidException e = Assert.Throws<ConfigurationInvalidException>(
            () => Resolve(new HostConnection("far1"), Text));
        Assert.Contains("ProxyCommand", e.Message);
        Assert.Null(Resolve(new HostConnection("near1"), Text).Jump);
        Assert.NotNull(Resolve(new HostConnection("far1") { JumpHost = "near1" }, Text).Jump);
    }

    [Theory]
    [InlineData("host", null, "host", null)]
    [InlineData("u@host:23", "u", "host", 23)]
    [InlineData("u@x@host", "u@x", "host", null)]
    [InlineData("[2001:db8::1]:23", null, "2001:db8::1", 23)]
    [InlineData("[2001:db8::1]", null, "2001:db8::1", null)]
    [InlineData("2001:db8::1", null, "2001:db8::1", null)]
    [InlineData("ssh://u@host:23/", "u", "host", 23)]
    public void A_host_may_be_written_with_user_and_port(string text, string? user, string host, int? port) =>
        Assert.Equal(new HostSpecification(user, host, port), HostSpecification.Parse(text));

    [Theory]
    [InlineData("host:port")]
    [InlineData("host:0")]
    [InlineData("u@")]
    public void What_is_no_host_is_an_error(string text) =>
        Assert.Throws<ConfigurationInvalidException>(() => HostSpecification.Parse(text));

    private static SshTarget Resolve(HostConnection connection, string text = "") =>
        new SshTargetResolver(s_environment, new SshConfiguration([new("config", "", SshDirective.ParseAll(text))], (_, _) => [])).Resolve(connection);
}
