namespace XenMigrate.Tests;

public class StorageCorpusTests
{
    private const string DevicePath = "/dev/xenvg/web";

    /// <summary>Inputs: the path, and what lsblk, dmsetup and the kernel (below) say of it on both hosts; there-… on the destination alone.</summary>
    [Theory, Corpus("block-device")]
    public void A_device_is_what_its_disks_are(CorpusCase given)
    {
        string path = given.InputOrNull("path")?.Trim() ?? DevicePath;
        PairFacts pair = Facts.Disks(Device(given, path, ""), Device(given, path, "there-"));
        given.Answers(question => Judgement.Of(question, pair, Facts.Guest with { Disk = [new GuestDisk("xvda", path, "raw", "phy", false, false)] }));
    }

    /// <summary>
    /// Inputs: a line of /proc/mounts of both hosts, or that of the destination (there); and the number of the device that
    /// stat tells, where it is another than such a file system has; what getfattr tells of ceph (there-… on the destination alone). Inode and size are the same on both.
    /// </summary>
    [Theory, Corpus("mounts")]
    public void A_file_is_shared_where_its_file_system_is(CorpusCase given)
    {
        Mount here = Assert.Single(Mounts.ParseOld(given.InputOf("txt")));
        Mount there = Assert.Single(Mounts.ParseOld(given.InputOrNull("there") ?? given.InputOf("txt")));
        string Device(Mount mount) => given.InputOrNull("device")?.Trim() ?? (mount.IsOnNetwork ? "0:36" : "253:1");
        DiskFile File(Mount mount, string own) => Facts.File(Device(mount)) with
        {
            // As ceph counts them.
            Inode = Told(given, own, "ceph") is null ? 12909 : 0x10000000001UL,
            Identities = [.. BlockIdentities.Parse(Told(given, own, "ceph") ?? "")],
        };
        PairFacts pair = Facts.Disks(File(here, ""), File(there, "there-"), here, there);
        given.Answers(question => question.Split(' ') is [string id, "of", string format]
            ? Judgement.Of(id, pair, Facts.Guest with { Disk = [new GuestDisk("xvda", Facts.Path, format, null, false, false)] })
            : Judgement.Of(question, pair));
    }

    private static string? Told(CorpusCase given, string own, string tool) => given.InputOrNull(own + tool) ?? given.InputOrNull(tool);

    private static DiskFile Device(CorpusCase given, string path, string own)
    {
        string[] lines = [Told(given, own, "lsblk") ?? "", Told(given, own, "dmsetup") is { } uuid ? "DM=" + uuid : "", Told(given, own, "below") ?? ""];
        return DiskFile.Question("a", path).Read(
        [
            new CommandResult(0, "6 400 0 1763851234 block special file\n", ""),
            new CommandResult(0, "/dev/dm-3\n", ""),
            new CommandResult(0, string.Join('\n', lines), ""),
        ]);
    }
}
