namespace XenMigrate.Ssh.Tests;

public class SshConfigurationFilesTests
{
    [Fact]
    public void The_users_file_goes_before_the_systems_and_each_includes_from_its_folder()
    {
        using TemporaryFolder folder = new();
        folder.Write(".ssh/config", "Include config.d/*.conf ~/other");
        folder.Write(".ssh/config.d/20.conf", "User twenty");
        folder.Write(".ssh/config.d/10.conf", "User ten");
        folder.Write(".ssh/config.d/00.bak", "User no");
        folder.Write("other", "Port 23");
        folder.Write("etc/ssh_config", "Port 24\nInclude more");
        folder.Write("etc/more", "HostName there");

        SshHostOptions options = Files(folder).Read(path: null).For("xen1");

        Assert.Equal(("ten", 23, "there"), (options.User, options.Port, options.HostName));
    }

    [Fact]
    public void A_named_file_stands_alone()
    {
        using TemporaryFolder folder = new();
        folder.Write(".ssh/config", "User a");
        folder.Write("mine", "Port 23");

        SshHostOptions options = Files(folder).Read("~/mine").For("xen1");

        Assert.Equal((null, 23), (options.User, options.Port));
    }

    [Fact]
    public void A_named_file_that_is_not_there_is_an_error_and_a_default_one_is_none()
    {
        using TemporaryFolder folder = new();

        Assert.Throws<ConfigurationInvalidException>(() => Files(folder).Read("~/mine"));
        Assert.Null(Files(folder).Read(path: null).For("xen1").User);
    }

    private static SshConfigurationFiles Files(TemporaryFolder folder) =>
        new(new SshEnvironment(folder.Path, "me", folder.File("etc")));
}
