namespace XenMigrate.Tests;

/// <summary>Guests that have one disk, under whatever name.</summary>
public class SharedDiskTests
{
    [Theory]
    [InlineData(true, true, CheckStatus.Passed)]
    [InlineData(true, false, CheckStatus.Failed)]
    public void Guests_that_both_say_so_may_share_a_disk(bool own, bool others, CheckStatus status)
    {
        Guest guest = Facts.Guest with { Disk = [Facts.Guest.Disk[0] with { Shared = own }] };
        Guest other = A.Guest("other", 9, uuid: Guid.NewGuid()) with { Disk = [Facts.Guest.Disk[0] with { Shared = others }] };

        Assert.Equal(status, Result("XM-STO-07", Holding(other), guest).Status);
    }

    [Theory]
    [InlineData("5 22 fd:3 block special file", "5 23 fd:3 block special file", CheckStatus.Failed)]
    [InlineData("36 12909 0:0 regular file", "36 12909 0:0 regular file", CheckStatus.Failed)]
    [InlineData("64768 12909 0:0 regular file", "64769 12909 0:0 regular file", CheckStatus.Passed)]
    [InlineData("36 12909 0:0 regular file", "37 12909 0:0 regular file", CheckStatus.Warning)]
    [InlineData("5 22 fd:3 block special file", "5 23 fd:4 block special file", CheckStatus.Passed)]
    [InlineData("5 22 fd:3 block special file", "No such file or directory", CheckStatus.Passed)]
    [InlineData("5 22 fd:3 block special file", "Stale file handle", CheckStatus.Warning)]
    [InlineData("5 22 fd:3 block special file", null, CheckStatus.Warning)]
    public void A_disk_by_another_name_is_the_same_disk(string own, string? taken, CheckStatus status)
    {
        PairFacts pair = Holding(A.Guest("other", 9, uuid: Guid.NewGuid()).WithDisk("/dev/mapper/vg-web"));
        Dictionary<string, Answer<DiskNode>> nodes = new[] { (Path: Facts.Path, Told: own), (Path: "/dev/mapper/vg-web", Told: taken) }
            .Where(node => node.Told is not null)
            .ToDictionary(node => node.Path, node => Node(node.Path, node.Told!));
        pair = pair with { Destination = pair.Destination with { Nodes = nodes } };

        CheckResult result = Result("XM-STO-07", pair);

        Assert.True(result.Status == status, result.ToString());
        Assert.True(status == CheckStatus.Passed || result.Message.Contains("/dev/mapper/vg-web", StringComparison.Ordinal), result.Message);
    }

    private static Answer<DiskNode> Node(string path, string told)
    {
        bool isThere = told.EndsWith("file", StringComparison.Ordinal);
        try
        {
            return Facts.Known("b", DiskNode.Question("b", path).Read([new CommandResult(isThere ? 0 : 1, isThere ? told : "", isThere ? "" : $"stat: cannot stat '{path}': {told}")]));
        }
        catch (RemoteCommandFailedException)
        {
            return Facts.NotKnown<DiskNode>("b");
        }
    }

    [Fact]
    public void A_copy_of_the_guest_itself_is_not_another_guest() =>
        Assert.Equal(CheckStatus.Passed, Result("XM-STO-07", Holding(Facts.Guest with { Id = 9, ComputerName = "b" })).Status);

    [Fact]
    public void Two_guests_may_read_one_disk()
    {
        GuestDisk cd = Facts.Guest.Disk[0] with { ReadOnly = true };

        Assert.Equal(
            CheckStatus.Passed,
            Result("XM-STO-07", Holding(A.Guest("other", 9, uuid: Guid.NewGuid()) with { Disk = [cd] }), Facts.Guest with { Disk = [cd] }).Status);
    }

    private static PairFacts Holding(Guest guest) =>
        Facts.AtDestination(host => host with { Guests = Facts.Known<IReadOnlyList<Guest>>("b", [guest]) });

    private static CheckResult Result(string id, PairFacts pair, Guest? guest = null) => Assert.Single(
        CheckRunner.Examine(pair, guest ?? Facts.Guest, new Moving(Live: true), CheckSelection.Everything), result => result.Id == id);
}
