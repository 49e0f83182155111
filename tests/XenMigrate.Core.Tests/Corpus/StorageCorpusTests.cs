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
    /// stat tells, where it is another than such a file system has. Inode and size are the same on both.
    /// </summary>
    [Theory, Corpus("mounts")]
    public void A_file_is_shared_where_its_file_system_is(CorpusCase given)
    {
        Mount here = Assert.Single(Mounts.ParseOld(given.InputOf("txt")));
        Mount there = Assert.Single(Mounts.ParseOld(given.InputOrNull("there") ?? given.InputOf("txt")));
        string Device(Mount mount) => given.InputOrNull("device")?.Trim() ?? (mount.IsOnNetwork ? "0:36" : "253:1");
        PairFacts pair = Facts.Disks(Facts.File(Device(here)), Facts.File(Device(there)), here, there);
        given.Answers(question => question.Split(' ') is [string id, "of", string format]
            ? Judgement.Of(id, pair, Facts.Guest with { Disk = [new GuestDisk("xvda", Facts.Path, format, null, false, false)] })
            : Judgement.Of(question, pair));
    }

    private static DiskFile Device(CorpusCase given, string path, string own)
    {
        string? Told(string tool) => given.InputOrNull(own + tool) ?? given.InputOrNull(tool);
        string[] lines = [Told("lsblk") ?? "", Told("dmsetup") is { } uuid ? "DM=" + uuid : "", Told("below") ?? ""];
        return DiskFile.Question("a", path).Read(
        [
            new CommandResult(0, "6 400 0 1763851234 block special file\n", ""),
            new CommandResult(0, "/dev/dm-3\n", ""),
            new CommandResult(0, string.Join('\n', lines), ""),
        ]);
    }
}
