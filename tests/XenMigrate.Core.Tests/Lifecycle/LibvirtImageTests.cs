using System.Buffers.Binary;

namespace XenMigrate.Tests;

public class LibvirtImageTests
{
    private const string Xml =
        "<domain type='xen'><name>web</name><uuid>b164eace-15c0-4f26-8922-786e23f5bb4b</uuid>"
        + "<devices><disk type='file'><source file='/images/web.img'/><target dev='xvda'/></disk></devices></domain>";

    private const string End = "AAAAAAAAAAA=";

    [Fact]
    public void The_beginning_of_a_real_image_names_its_guest()
    {
        GuestImage image = Read(Fixture.Bytes("virsh-image-head.9.0.save"));

        Assert.Equal(("testvm1", A.Uuid), (image.Saved.Name, image.Saved.Uuid));
        Assert.Equal("/var/lib/libvirt/images/testvm1.img", Assert.Single(image.Disks).Path);
    }

    [Fact]
    public void An_image_names_its_guest_and_its_disks()
    {
        GuestImage image = Read(Image(Xml));

        Assert.Equal(("web", A.Uuid, ToolstackKind.Libvirt), (image.Saved.Name, image.Saved.Uuid!.Value, image.Toolstack));
        Assert.Equal("/images/web.img", Assert.Single(image.Disks).Path);
    }

    [Fact]
    public void An_image_of_xls_is_told_apart() =>
        Assert.Equal(ToolstackKind.Xl, Read(Fixture.Bytes("xl-image-head.4.17.save")).Toolstack);

    [Theory]
    [InlineData("<domain type='xen'/>", 2, "has no name")]
    [InlineData("<domain", 2, "is no XML")]
    [InlineData("", 2, "has no name")]
    [InlineData("no XML at all", 2, "has no name")]
    [InlineData("<!DOCTYPE x [<!ENTITY y 'z'>]><domain><name>&y;</name></domain>", 2, "is no XML")]
    [InlineData(Xml, 1, "its version is 1")]
    public void What_is_no_configuration_is_corrupt(string xml, int version, string reason) => Assert.Contains(
        reason, Assert.Throws<SavedGuestCorruptException>(() => Read(Image(xml, version))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(16)]
    [InlineData(63)]
    [InlineData(100)]
    public void An_image_that_ends_early_is_corrupt(int length) =>
        Assert.Throws<SavedGuestCorruptException>(() => Read(Image(Xml)[..length]));

    [Fact]
    public void An_image_without_its_end_is_corrupt() =>
        Assert.Throws<SavedGuestCorruptException>(() => Read(Image(Xml), "AAAAAAAAAAE="));

    [Fact]
    public void An_image_of_anything_is_whole_or_corrupt()
    {
        byte[] good = Image(Xml);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[0, 8], Gen.Byte.Array[0, 8])
            .Select((at, length, bytes) => (byte[])[.. good[..at], .. bytes, .. good[Math.Min(good.Length, at + length)..]])
            .Sample(bytes => Record.Exception(() => Read(bytes)) is null or SavedGuestCorruptException);
    }

    private static GuestImage Read(byte[] head, string tail = End) => LibxlImage.Question("a", "/x.save").Read(
        [new(0, "134492488 1763851234\n", ""), new(0, Convert.ToBase64String(head), ""), new(0, tail, "")]);

    private static byte[] Image(string xml, int version = 2)
    {
        byte[] text = Encoding.UTF8.GetBytes(xml + "\0");
        byte[] header = new byte[64];
        Encoding.ASCII.GetBytes("libvirt-xml\n \0 \r").CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), text.Length);
        return [.. header, .. text];
    }
}
