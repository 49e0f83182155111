namespace XenMigrate.Tests;

public sealed class GuestFilterTests
{
    private static readonly Guid s_uuid = new("11111111-2222-3333-4444-555555555555");

    private readonly Guest[] _guests =
    [
        new() { Name = "web", Id = 3, ComputerName = "b", State = GuestState.Blocked },
        new() { Name = "Web", Id = 5, ComputerName = "a", State = GuestState.Paused, Uuid = s_uuid },
        new() { Name = "Domain-0", Id = 0, ComputerName = "a", State = GuestState.Running },
        new() { Name = "cold", Id = null, ComputerName = "a", State = GuestState.ShutDown },
    ];

    [Fact]
    public void Guests_are_ordered_by_name_and_host()
    {
        GuestSelection selection = new GuestFilter { Criteria = [GuestCriterion.Name("WEB")] }.Apply(_guests);

        Assert.Equal(["a", "b"], selection.Guests.Select(guest => guest.ComputerName));
    }

    [Fact]
    public void Who_matches_twice_is_there_once()
    {
        GuestFilter filter = new() { Criteria = [GuestCriterion.Id(3), GuestCriterion.Pattern("*", _ => true)] };

        Assert.Equal(2, filter.Apply(_guests).Guests.Count);
    }

    [Fact]
    public void Control_domains_and_inactive_guests_are_there_on_request()
    {
        GuestFilter filter = new()
        {
            Criteria = [GuestCriterion.Pattern("*", _ => true)],
            IncludeControlDomain = true,
            IncludeInactive = true,
        };

        Assert.Equal(4, filter.Apply(_guests).Guests.Count);
    }

    [Fact]
    public void A_guest_in_another_state_is_not_missing()
    {
        GuestSelection selection =
            new GuestFilter { Criteria = [GuestCriterion.Name("web")], States = [GuestState.Crashed] }.Apply(_guests);

        Assert.Empty(selection.Guests);
        Assert.Empty(selection.NotFound);
    }

    [Fact]
    public void What_is_nowhere_is_told_unless_it_was_a_pattern()
    {
        GuestFilter filter = new()
        {
            Criteria =
            [
                GuestCriterion.Name("nobody"),
                GuestCriterion.Pattern("no*", _ => false),
                GuestCriterion.Uuid(s_uuid),
                GuestCriterion.Id(99),
            ],
        };

        Assert.Equal(["nobody", "with id 99"], filter.Apply(_guests).NotFound);
    }
}
