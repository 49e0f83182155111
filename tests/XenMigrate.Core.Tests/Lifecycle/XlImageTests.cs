using System.Buffers.Binary;

namespace XenMigrate.Tests;

public class XlImageTests
{
    private const string End = "AAAAAAAAAAA=\n";

    private static readonly byte[] s_head = Fixture.Bytes("xl-image-head.4.17.save");

    [Fact]
    public void A_real_image_tells_its_guest()
    {
        XlConfiguration guest = XlImage.ParseHead(s_head);

        Assert.Equal(("testvm1", GuestType.PV), (guest.Name, guest.Type));
        Assert.NotNull(guest.Uuid);
        Assert.Equal("/var/lib/libvirt/images/testvm1.img", Assert.Single(guest.Disks).Path);
    }

    [Fact]
    public void A_real_image_is_known_with_its_file()
    {
        SavedGuest saved = Read(s_head, End).Saved;

        Assert.Equal(("testvm1", "a", "/x.save", 134492495L), (saved.Name, saved.ComputerName, saved.RemotePath, saved.SizeBytes));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1763851234), saved.SavedAt);
    }

    [Theory]
    [InlineData(0, 0x59, "does not begin")]
    [InlineData(31, 0x0a, "does not begin")]
    [InlineData(32, 1, "byte order")]
    [InlineData(36, 7, "newer xl (flags 0x7)")]
    [InlineData(36, 2, "before Xen 4.5")]
    [InlineData(50, 0xff, "ends within its configuration")]
    [InlineData(52, (byte)'?', "no JSON")]
    public void A_byte_that_is_wrong_is_named_by_what_it_means(int at, byte value, string reason)
    {
        byte[] head = [.. s_head];
        head[at] = value;

        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => XlImage.ParseHead(head)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(51)]
    [InlineData(500)]
    public void An_image_that_was_cut_short_is_corrupt(int length) =>
        Assert.Throws<InvalidDataException>(() => XlImage.ParseHead(s_head[..length]));

    [Theory]
    [InlineData("{}", "no name")]
    [InlineData("[]", "no name")]
    [InlineData("""{"c_info":{"name":""}}""", "no name")]
    [InlineData("""{"c_info":{"name":"\ud800"}}""", "no JSON")]
    public void A_configuration_without_a_name_is_corrupt(string json, string reason) => Assert.Contains(
        reason,
        Assert.Throws<InvalidDataException>(() => XlImage.ParseHead(Image(json))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("AAAAAAAAAAE=\n")]
    [InlineData("AAAA\n")]
    [InlineData("")]
    public void An_image_without_its_end_is_corrupt(string tail)
    {
        SavedGuestCorruptException e = Assert.Throws<SavedGuestCorruptException>(() => Read(s_head, tail));

        Assert.Contains("/x.save on a is not a complete image of a guest: it has no end", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_invalid_path()
    {
        RemotePathInvalidException e = Assert.Throws<RemotePathInvalidException>(() => LibxlImage.Question("a", "/x.save").Read(
            [new(1, "", "stat: cannot statx '/x.save': No such file or directory"), new(1, "", ""), new(1, "", "")]));

        Assert.Contains("No such file", e.Message, StringComparison.Ordinal);
    }

    [PosixFact]
    public async Task A_real_shell_reads_head_and_tail_of_a_file_of_any_name()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "it's a $(file)");
        await File.WriteAllBytesAsync(path, [.. s_head, .. new byte[8]]);
        Question<GuestImage> question = LibxlImage.Question("a", path);
        CommandBatches batch = new([question.Commands], CommandBatches.NewBoundary());

        XlImage image = (XlImage)question.Read(batch.Split(await LocalShell.RunAsync(batch.Command))[0]);

        Assert.Equal(("testvm1", 4104L), (image.Saved.Name, image.Saved.SizeBytes));
    }

    private static XlImage Read(byte[] head, string tail) => (XlImage)LibxlImage.Question("a", "/x.save").Read(
        [new(0, "134492495 1763851234\n", ""), new(0, Convert.ToBase64String(head), ""), new(0, tail, "")]);

    private static byte[] Image(string json)
    {
        byte[] text = Encoding.UTF8.GetBytes(json + "\0");
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        return [.. s_head[..48], .. length, .. text];
    }
}
