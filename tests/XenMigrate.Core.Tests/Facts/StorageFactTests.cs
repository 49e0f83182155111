namespace XenMigrate.Tests;

public class StorageFactTests
{
    [Fact]
    public void Exports_in_force_are_read_whatever_line_their_client_is_on()
    {
        IReadOnlyList<NfsExport> exports = NfsExports.Parse(
            Fixture.Text("exportfs-v.debian12.txt")
            + "/srv           \t10.0.0.0/24(sync,wdelay,root_squash)\n/srv           \txen2(sync,no_root_squash)\n",
            NfsExports.Command);

        Assert.Equal(
            [("/var/lib/libvirt/images", "<world>"), ("/srv", "10.0.0.0/24"), ("/srv", "xen2")],
            exports.Select(export => (export.Path, export.Client)));
        Assert.Equal([true, false, false], exports.Select(export => export.IsAsync));
        Assert.Equal([false, true, false], exports.Select(export => export.SquashesRoot));
    }

    [Fact]
    public void The_file_is_read_with_its_comments_defaults_and_long_lines()
    {
        IReadOnlyList<NfsExport> exports = NfsExports.Parse(
            "# shares\n\n\"/my images\" *(rw,async) \\\n   xen2(rw,no_root_squash) # for guests\n/srv -sync,no_root_squash xen1 xen2(ro)\n/all (rw)\n",
            NfsExports.FileCommand);

        Assert.Equal(
            ["/my images *", "/my images xen2", "/srv xen1", "/srv xen2", "/all *"],
            exports.Select(export => $"{export.Path} {export.Client}"));
        Assert.Equal([true, false, false, false, true], exports.Select(export => export.SquashesRoot));
        Assert.Equal(["sync", "no_root_squash", "ro"], exports[3].Options);
    }

    [Theory]
    [InlineData("\u0001\u0002 binary")]
    [InlineData("exports are fine\n")]
    [InlineData("/srv *(rw\n")]
    [InlineData("\"\" *(rw)\n")]
    [InlineData("/srv \"\"\n")]
    public void Text_that_is_no_export_is_not_understood(string text) =>
        Assert.Throws<OutputNotUnderstoodException>(() => NfsExports.Parse(text, NfsExports.Command));

    [Fact]
    public void A_host_without_exportfs_is_believed_by_its_file_and_one_without_both_by_nothing()
    {
        Question<IReadOnlyList<NfsExport>> question = NfsExports.Question("a");
        CommandResult missing = new(127, "", "sh: exportfs: not found");

        Assert.Single(question.Read([missing, new CommandResult(0, "/srv *(rw)\n", "")]));
        Assert.Empty(question.Read([new CommandResult(0, "", ""), new CommandResult(0, "/srv *(rw)\n", "")]));
        Assert.Empty(question.Read([missing, new CommandResult(1, "", "cat: /etc/exports: No such file or directory")]));
        _ = Assert.Throws<RemoteCommandFailedException>(() => question.Read([missing, new CommandResult(1, "", "cat: /etc/exports: Permission denied")]));
    }

    [Theory]
    [InlineData(0, 127, "", true, false)]
    [InlineData(1, 127, "", false, false)]
    [InlineData(0, 0, "1\n", true, true)]
    [InlineData(0, 0, "0\n", true, false)]
    public void A_disk_may_be_written_as_its_host_says(int test, int blockdev, string output, bool writable, bool readOnly) => Assert.Equal(
        new DiskAccess("/x", writable, readOnly),
        DiskAccess.Question("a", "/x").Read([new CommandResult(test, "", ""), new CommandResult(blockdev, output, "")]));

    [Theory]
    [InlineData(2)]
    [InlineData(127)]
    public void A_test_that_could_not_be_made_is_no_answer(int exitCode) => Assert.Throws<RemoteCommandFailedException>(() =>
        DiskAccess.Question("a", "/x").Read([new CommandResult(exitCode, "", "what?"), new CommandResult(0, "0\n", "")]));

    [Fact]
    public void Kernels_without_mountinfo_tell_mounts_without_numbers()
    {
        Mount mount = Mounts.Question("a").Read(
        [
            new CommandResult(1, "", "cat: /proc/self/mountinfo: No such file or directory"),
            new CommandResult(0, @"et-virt07:/my\040images /my\040images nfs ro,vers=3,addr=et-virt07 0 0" + "\n", ""),
        ])[0];

        Assert.Equal(("", "/my images", "nfs", "et-virt07:/my images"), (mount.Device, mount.MountPoint, mount.FileSystem, mount.Source));
        Assert.True(mount is { IsReadOnly: true, IsOnNetwork: true, IsFromItself: false });
    }

    [Fact]
    public void Mounts_that_neither_file_tells_are_no_empty_list() => Assert.Throws<RemoteCommandFailedException>(() =>
        Mounts.Question("a").Read([new CommandResult(1, "", "Permission denied"), new CommandResult(1, "", "Permission denied")]));

    [Theory]
    [InlineData("what is this\n")]
    [InlineData("/dev/sda1 / ext3 rw 0\n")]
    public void A_line_that_is_no_old_mount_is_not_understood(string output) =>
        Assert.Throws<OutputNotUnderstoodException>(() => Mounts.ParseOld(output));
}
