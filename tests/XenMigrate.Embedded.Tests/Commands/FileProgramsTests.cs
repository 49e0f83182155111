namespace XenMigrate.Embedded.Tests.Commands;

public class FileProgramsTests
{
    [Fact]
    public async Task An_editor_can_change_a_file_and_keep_what_it_was()
    {
        using TestPair pair = new();
        const string Path = "/etc/xen/xend-config.sxp";
        string before = (await pair.On07("cat " + Path)).Output;
        string after = before.Replace("server yes", "server no", StringComparison.Ordinal);

        Assert.Equal(0, (await pair.On07($"cp -p -- {Path} {Path}.old")).ExitCode);
        Assert.Equal(0, (await pair.On07($"cp -p -- {Path} {Path}.new")).ExitCode);
        _ = pair.Virt07.Files.Write(Path + ".new", after);
        Assert.Equal(0, (await pair.On07($"mv -f -T -- {Path}.new {Path}")).ExitCode);

        Assert.Equal(after, (await pair.On07("cat " + Path)).Output);
        Assert.Equal(before, (await pair.On07($"cat {Path}.old")).Output);
        Assert.Equal("644 root\n", (await pair.On07($"stat -c '%a %U' -- {Path}")).Output);
        Assert.Equal(1, (await pair.On07($"test -e {Path}.new")).ExitCode);
    }

    [Fact]
    public async Task A_changed_configuration_counts_once_xend_restarts()
    {
        using TestPair pair = new();
        string text = pair.Virt07.Files.ReadText("/etc/xen/xend-config.sxp");
        _ = pair.Virt07.Files.Write("/etc/xen/xend-config.sxp", "(xend-relocation-port 8003)\n" + text);

        Assert.Equal(0, (await pair.On07("lsof -i :8002")).ExitCode);
        Assert.Equal(0, (await pair.On07("service xend restart")).ExitCode);
        Assert.Equal(1, (await pair.On07("lsof -i :8002")).ExitCode);
        Assert.Equal(0, (await pair.On07("lsof -n -P -i :8003")).ExitCode);
    }

    [Theory]
    [InlineData("(xend-relocation-server maybe)")]
    [InlineData("(xend-relocation-server yes")]
    [InlineData("(xend-relocation-port many)")]
    public async Task Xend_does_not_start_with_a_configuration_that_it_cant_read(string text)
    {
        using TestPair pair = new();
        _ = pair.Virt07.Files.Write("/etc/xen/xend-config.sxp", text);

        CommandResult restart = await pair.On07("service xend restart");
        CommandResult list = await pair.On07("xm list");

        Assert.Equal(1, restart.ExitCode);
        Assert.Contains("[FAILED]", restart.Output);
        Assert.Equal((1, "Error: Unable to connect to xend: Connection refused. Is xend running?\n"), (list.ExitCode, list.Error));
        Assert.Equal("xend daemon is stopped\n", (await pair.On07("service xend status")).Output);
    }

    [Theory]
    [InlineData("stat -L -c %s -- /nothing", 1, "stat: cannot stat `/nothing': No such file or directory\n")]
    [InlineData("stat -L -c %s -- /etc/hosts/x", 1, "stat: cannot stat `/etc/hosts/x': Not a directory\n")]
    [InlineData("stat -f -c '%a %S' -- /nothing", 1, "stat: cannot read file system information for `/nothing': No such file or directory\n")]
    [InlineData("rm /nothing", 1, "rm: cannot remove `/nothing': No such file or directory\n")]
    [InlineData("rm -f -- /nothing", 0, "")]
    [InlineData("mv -f -T -- /nothing /else", 1, "mv: cannot stat `/nothing': No such file or directory\n")]
    [InlineData("cat /etc", 1, "cat: /etc: Is a directory\n")]
    [InlineData("head -c 5 -- /nothing", 1, "head: cannot open `/nothing' for reading: No such file or directory\n")]
    [InlineData("chmod 600 -- /nothing", 1, "chmod: cannot access `/nothing': No such file or directory\n")]
    [InlineData("umount /mnt", 1, "umount: /mnt: not mounted\n")]
    [InlineData("df /nothing", 1, "df: `/nothing': No such file or directory\n")]
    public async Task Failures_are_told_in_the_tools_words(string line, int exitCode, string error)
    {
        using TestPair pair = new();

        Assert.Equal(new CommandResult(exitCode, "", error), await pair.On07(line));
    }

    [Fact]
    public async Task Stat_and_chmod_agree()
    {
        using TestPair pair = new();

        _ = await pair.On07("touch /tmp/a");
        _ = await pair.On07("chmod 600 -- /tmp/a");

        Assert.Equal("600 0 regular empty file\n", (await pair.On07("stat -c '%a %s %F' -- /tmp/a")).Output);
        Assert.StartsWith("-rw------- 1 root root 0 ", (await pair.On07("ls -l /tmp/a")).Output);
    }

    [Fact]
    public async Task The_share_can_be_unmounted_and_mounted_again()
    {
        using TestPair pair = new();
        const string Folder = "/var/lib/libvirt/images";

        Assert.Equal(0, (await pair.On08("umount " + Folder)).ExitCode);
        Assert.Equal("", (await pair.On08("ls " + Folder)).Output);
        Assert.Equal(0, (await pair.On08("mount " + Folder)).ExitCode);
        Assert.Equal("testvm1.dsk\ntestvm2.dsk\n", (await pair.On08("ls " + Folder)).Output);
        Assert.Equal(32, (await pair.On08("mount " + Folder)).ExitCode);
    }

    [Fact]
    public async Task Tail_and_grep_find_their_lines()
    {
        using TestPair pair = new();
        _ = pair.Virt07.Files.Write("/tmp/a", "one\ntwo\nthree\n");

        Assert.Equal("two\nthree\n", (await pair.On07("tail -n 2 -- /tmp/a")).Output);
        Assert.Equal("hree\n", (await pair.On07("tail -c 5 -- /tmp/a")).Output);
        Assert.Equal("one\n", (await pair.On07("head -c 4 -- /tmp/a")).Output);
        Assert.Equal("one\n", (await pair.On07("grep -m 1 e /tmp/a")).Output);
        Assert.Equal("two\n", (await pair.On07("grep -v e /tmp/a")).Output);
        Assert.Equal(1, (await pair.On07("grep four /tmp/a")).ExitCode);
        Assert.Equal(2, (await pair.On07("grep four /tmp/b")).ExitCode);
        Assert.StartsWith("model name\t: Intel", (await pair.On07("grep -m 1 '^model name' /proc/cpuinfo")).Output);
    }
}
