namespace XenMigrate.Tests;

public class ReturningGuestsTests
{
    private static readonly HostDrain s_drain = new()
    {
        Host = "a",
        Guest = [new DrainedGuest("web", A.Uuid, "b", MigrationMode.Live)],
    };

    private readonly HostSession _a = A.Host(new FakeShell("a"));
    private readonly HostSession _b = A.Host(new FakeShell("b"));
    private readonly HostSession _c = A.Host(new FakeShell("c"));

    [Fact]
    public void A_guest_is_fetched_from_where_it_went()
    {
        ReturningGuests found = Find((_a, []), (_b, [A.Guest("stranger", uuid: Guid.NewGuid()), A.Guest()]));

        Assert.Equal(("web", "b", false), (found.Away[0].Guest.Name, found.Away[0].Source.ComputerName, found.Away[0].MayGoOffline));
        Assert.True(found.IsSettled);
    }

    [Fact]
    public void Who_left_standing_still_may_come_back_so()
    {
        HostDrain drain = s_drain with { Guest = [s_drain.Guest[0] with { Mode = MigrationMode.Offline }] };

        Assert.True(ReturningGuests.Find(drain, [(_a, []), (_b, [A.Guest()])], _ => false).Away[0].MayGoOffline);
    }

    [Fact]
    public void Who_is_back_is_left_alone()
    {
        ReturningGuests found = Find((_a, [A.Guest()]), (_b, []));

        Assert.Equal("web", Assert.Single(found.Back).Name);
        Assert.Empty(found.Away);
        Assert.Empty(found.Problem);
    }

    [Fact]
    public void Who_was_moved_on_is_left_and_told_of()
    {
        ReturningGuests found = Find((_a, []), (_b, []), (_c, [A.Guest()]));

        Assert.Contains("not on b", Assert.IsType<GuestElsewhereException>(Assert.Single(found.Problem).Error).Message);
        Assert.True(found.IsSettled);
    }

    [Fact]
    public void Who_is_gone_is_told_of()
    {
        ReturningGuests found = Find((_a, []), (_b, [A.Guest("web", uuid: Guid.NewGuid())]));

        _ = Assert.IsType<GuestNotFoundException>(Assert.Single(found.Problem).Error);
        Assert.True(found.IsSettled);
    }

    [Fact]
    public void Of_a_host_that_does_not_answer_nobody_is_taken_for_gone()
    {
        ReturningGuests found = Find((_a, []));

        _ = Assert.IsType<HostNotConnectedException>(Assert.Single(found.Problem).Error);
        Assert.False(found.IsSettled);
    }

    private static ReturningGuests Find(params (HostSession, IReadOnlyList<Guest>)[] hosts) =>
        ReturningGuests.Find(s_drain, hosts, _ => false);
}
