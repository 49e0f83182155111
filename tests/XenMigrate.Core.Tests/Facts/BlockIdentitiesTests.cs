namespace XenMigrate.Tests;

public class BlockIdentitiesTests
{
    [PosixFact]
    public async Task A_real_shell_finds_every_layer_and_disk_below_a_device()
    {
        using TemporaryFolder folder = new();
        Disk(folder, "sda", "device/wwid", "naa.6001405a1b2c3d4e5f60718293a4b5c6");
        Disk(folder, "sdb", "device/wwid", "t10.ATA     QEMU HARDDISK                           QM00002");
        Node(folder, "sda/sda2", ("start", "2048"), ("size", "999"));
        Mapping(folder, "dm-0", "LVM-abc", "sda/sda2", "sdb");
        Mapping(folder, "dm-1", "CRYPT-LUKS1-x", "dm-0");

        Assert.Equal(
            ["DM=CRYPT-LUKS1-x", "DM=LVM-abc", "PART=2048+999", "DISK=naa.6001405a1b2c3d4e5f60718293a4b5c6", "DISK=t10.ATA_QEMU_HARDDISK_QM00002"],
            await BelowAsync(folder, "dm-1"));
    }

    [PosixFact]
    public async Task A_real_shell_asks_a_disk_of_nvme_for_its_own_name() => await NamesAsync("nvme0n1", "wwid", "eui.0025385b71b0abcd", "DISK=eui.0025385b71b0abcd");

    [PosixFact]
    public async Task A_volume_of_DRBD_is_not_the_disk_of_its_host()
    {
        using TemporaryFolder folder = new();
        Disk(folder, "sda", "device/wwid", "naa.6001405a1b2c3d4e5f60718293a4b5c6");
        Mapping(folder, "drbd0", "", "sda");
        Mapping(folder, "dm-0", "LVM-abc", "drbd0");

        Assert.Equal(["DM=LVM-abc", "DISK=?"], await BelowAsync(folder, "dm-0"));
    }

    [PosixTheory]
    [InlineData("/ceph.cluster_fsid) printf 2f1c7a52-5d1c-11ee-8c99-0242ac120002;; */ceph.file.layout.pool) printf data;; */ceph.file.layout.pool_namespace) :;;", "CEPH=2f1c7a52-5d1c-11ee-8c99-0242ac120002/data/")]
    [InlineData("/ceph.*) echo 'Operation not supported' >&2; return 1;;", null)]
    public async Task A_file_is_asked_which_objects_of_ceph_hold_it(string answers, string? told)
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "web.img");
        await File.WriteAllTextAsync(file, "x");

        // The name of the attribute stands before the path.
        CommandResult result = await LocalShell.RunAsync(
            RemoteCommand.Script($"getfattr() {{ case /$4 in *{answers} esac; }}\n{BlockIdentities.AllScript}", file));

        Assert.Equal(told is null ? [] : [told], BlockIdentities.Parse(result.Output));
    }

    [PosixFact]
    public async Task A_disk_that_tells_no_name_has_none() => await NamesAsync("vda", "serial", "one", "DISK=?");

    private static async Task NamesAsync(string name, string file, string text, string told)
    {
        using TemporaryFolder folder = new();
        Disk(folder, name, file, text);

        Assert.Equal([told], await BelowAsync(folder, name));
    }

    /// <summary>Runs the script on a tree of files in place of the kernel's, where no file can be a block device.</summary>
    private static async Task<IEnumerable<string>> BelowAsync(TemporaryFolder folder, string name)
    {
        string script = BlockIdentities.AllScript
            .Replace("/sys/", folder.Path + "/sys/", StringComparison.Ordinal)
            .Replace("/dev/", folder.Path + "/dev/", StringComparison.Ordinal)
            .Replace("[ -b ", "[ -e ", StringComparison.Ordinal);
        string device = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "dev")).FullName, name);
        await File.WriteAllTextAsync(device, "");

        CommandResult result = await LocalShell.RunAsync(RemoteCommand.Script(script, device));

        return BlockIdentities.Parse(result.Output);
    }

    private static void Disk(TemporaryFolder folder, string name, string file, string text) => Node(folder, name, (file, text));

    private static void Mapping(TemporaryFolder folder, string name, string uuid, params string[] below)
    {
        string node = Node(folder, name, ("dm/uuid", uuid));
        string slaves = Directory.CreateDirectory(Path.Combine(node, "slaves")).FullName;
        foreach (string slave in below)
        {
            _ = File.CreateSymbolicLink(Path.Combine(slaves, Path.GetFileName(slave)), Path.Combine(folder.Path, "sys/devices", slave));
        }
    }

    private static string Node(TemporaryFolder folder, string name, params (string File, string Text)[] files)
    {
        string node = Path.Combine(folder.Path, "sys/devices", name);
        foreach ((string file, string text) in files.Append(("dev", "8:0")))
        {
            string path = Path.Combine(node, file);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text + "\n");
        }

        string links = Directory.CreateDirectory(Path.Combine(folder.Path, "sys/class/block")).FullName;
        _ = File.CreateSymbolicLink(Path.Combine(links, Path.GetFileName(name)), node);
        return node;
    }
}
