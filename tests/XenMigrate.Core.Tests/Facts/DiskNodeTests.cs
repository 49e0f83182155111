namespace XenMigrate.Tests;

public class DiskNodeTests
{
    [Theory]
    [InlineData("device fd:3", "device fd:3", true)]
    [InlineData("device fd:3", "device fd:4", false)]
    [InlineData("file 64768 12", "file 64768 12", true)]
    [InlineData("file 64768 12", "file 64768 13", false)]
    // Two disks of the host may well have the same inode.
    [InlineData("file 64768 12", "file 64769 12", false)]
    // One NFS server mounted by its name and by its address: 0:52 and 0:53.
    [InlineData("file 52 12", "file 53 12", null)]
    [InlineData("file 52 12", "file 53 13", false)]
    [InlineData("file 52 12", "device fd:3", false)]
    [InlineData(null, "file 52 12", false)]
    public void One_file_in_two_file_systems_of_a_network_is_not_told_from_two(string? one, string? other, bool? same)
    {
        Assert.Equal(same, new DiskNode(one).IsSame(new DiskNode(other)));
        Assert.Equal(same, new DiskNode(other).IsSame(new DiskNode(one)));
    }
}
