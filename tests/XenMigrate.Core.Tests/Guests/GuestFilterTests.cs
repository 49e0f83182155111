namespace XenMigrate.Tests;

public class GuestFilterTests
{
    private static readonly Guest[] s_guests =
    [
        A.Guest("web", 5), A.Guest("db", 6, GuestState.Paused, Guid.NewGuid()), A.Guest("Domain-0", 0, GuestState.Running, Guid.NewGuid()),
        A.Guest("old", uuid: Guid.NewGuid()) with { Id = null },
    ];

    [Fact]
    public void A_name_finds_its_guest_whatever_the_case() => Assert.Equal("web", Single(GuestCriterion.Name("WEB")).Name);

    [Fact]
    public void An_id_finds_its_guest() => Assert.Equal("db", Single(GuestCriterion.Id(6)).Name);

    [Fact]
    public void A_uuid_finds_its_guest() => Assert.Equal("web", Single(GuestCriterion.Uuid(A.Uuid)).Name);

    [Fact]
    public void What_is_asked_for_by_name_and_is_nowhere_is_told()
    {
        GuestSelection found = Filter(GuestCriterion.Name("nosuch"), GuestCriterion.Pattern("no*", _ => false)).Apply(s_guests);

        Assert.Empty(found.Guests);
        Assert.Equal(["nosuch"], found.NotFound);
    }

    [Fact]
    public void A_guest_that_two_criteria_mean_comes_once() => Assert.Equal(
        ["db", "web"],
        Filter(GuestCriterion.Pattern("*", _ => true), GuestCriterion.Name("web")).Apply(s_guests).Guests.Select(guest => guest.Name));

    [Fact]
    public void A_guest_in_another_state_is_left_out_and_not_missed()
    {
        GuestSelection found = (Filter(GuestCriterion.Name("db")) with { States = [GuestState.Running] }).Apply(s_guests);

        Assert.Empty(found.Guests);
        Assert.Empty(found.NotFound);
    }

    [Fact]
    public void The_control_domain_and_inactive_guests_come_on_request() => Assert.Equal(
        ["db", "Domain-0", "old", "web"],
        (Filter(GuestCriterion.Pattern("*", _ => true)) with { IncludeControlDomain = true, IncludeInactive = true })
            .Apply(s_guests).Guests.Select(guest => guest.Name));

    [Fact]
    public void Copies_that_moves_leave_are_meant_by_no_pattern_and_only_by_their_names()
    {
        Guest[] guests = [A.Guest(), A.Guest("web--incoming", 6), A.Guest("db--migratedaway", 7, uuid: Guid.NewGuid())];

        GuestFilter filter = Filter(GuestCriterion.Pattern("*", _ => true), GuestCriterion.Name("db--migratedaway")) with { SparesLeftovers = true };

        Assert.Equal(["db--migratedaway", "web"], filter.Apply(guests).Guests.Select(guest => guest.Name));
    }

    private static Guest Single(GuestCriterion criterion) => Assert.Single(Filter(criterion).Apply(s_guests).Guests);

    private static GuestFilter Filter(params GuestCriterion[] criteria) => new() { Criteria = criteria };
}
