namespace XenMigrate.Tests;

public class WorldWideNameTests
{
    [Theory]
    [InlineData("0x5000c500a1b2c3d4", "5000c500a1b2c3d4")]
    [InlineData("naa.5000C500A1B2C3D4", "5000c500a1b2c3d4")]
    [InlineData("36001405aaaabbbbccccddddeeee0123f", "6001405aaaabbbbccccddddeeee0123f")]
    [InlineData("mpath-36001405aaaabbbbccccddddeeee0123f", "6001405aaaabbbbccccddddeeee0123f")]
    [InlineData("eui.0025385b71b0abcd", "0025385b71b0abcd")]
    public void A_name_is_one_however_a_tool_writes_it(string text, string name) => Assert.Equal(name, WorldWideName.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("QM00002")]
    [InlineData("eui.0000000000000000")]
    [InlineData("eui.0100000000000000")]
    [InlineData("0x5000000000000000")]
    [InlineData("0x5000c50000000001")]
    [InlineData("naa.3000c500a1b2c3d4")]
    [InlineData("0x6001405aaaabbbbc")]
    [InlineData("t10.ATA_QEMU_HARDDISK_QM00002")]
    [InlineData("1ATA_QEMU_HARDDISK_QM00002")]
    [InlineData("nvme.1b36-deadbeef-51454d55-00000001")]
    public void A_name_that_many_disks_have_is_none(string text) => Assert.Null(WorldWideName.Of(text));
}
