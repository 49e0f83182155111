namespace XenMigrate.Tests;

/// <summary>Which copies may be destroyed: the table, row by row. p paused, b running, s suspended, d dying.</summary>
public class LeftoverDecisionTests
{
    [Theory]
    // The guest is seen, under its own name, in one place.
    [InlineData("web b", "web--incoming p", "b")]
    [InlineData("web p", "web--incoming p", "b")]
    [InlineData("web b", "web--migratedaway s", "b")]
    [InlineData("web--migratedaway s", "web b", "a")]
    [InlineData("web b, web--migratedaway s", "", "a")]
    [InlineData("web b", "web--incoming p, web--migratedaway s", "b b")]
    // What is left may be all that there is.
    [InlineData("", "web--incoming p", "")]
    [InlineData("web--migratedaway s", "web--incoming p", "")]
    [InlineData("web--migratedaway s", "", "")]
    // The guest does not run, so it may have been given away.
    [InlineData("web p", "web--migratedaway s", "")]
    [InlineData("web--migratedaway p", "web p", "")]
    [InlineData("web s", "web--incoming p", "")]
    [InlineData("web p, web--incoming p", "", "")]
    // Two that may run.
    [InlineData("web b", "web b", "")]
    [InlineData("web b", "web p, web--incoming p", "")]
    [InlineData("web b", "web--incoming b", "")]
    [InlineData("web b", "web--migratedaway b", "")]
    // It goes by itself.
    [InlineData("web b", "web--incoming d", "")]
    public void A_copy_is_stale_only_where_the_guest_itself_is_certain(string source, string destination, string hosts)
    {
        LeftoverDecision decision = LeftoverDecision.Of(View("a", source), View("b", destination));

        Assert.Equal(hosts, string.Join(' ', decision.Stale.Select(copy => copy.Host)));
        Assert.Equal(hosts.Length == 0, decision.Why is not null);
    }

    [Fact]
    public void A_host_that_is_silent_may_have_the_guest()
    {
        LeftoverDecision decision = LeftoverDecision.Of(View("a", "web b"), HostView.Silent("b", "no route"));

        Assert.Empty(decision.Stale);
        Assert.Contains("no route", decision.Why, StringComparison.Ordinal);
    }

    private static HostView View(string host, string guests) => HostView.Of(
        host,
        [
            .. guests.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select((text, i) => A.Guest(
                text[..^2],
                id: i + 1,
                text[^1] switch
                {
                    'p' => GuestState.Paused,
                    's' => GuestState.Suspended,
                    'd' => GuestState.Dying,
                    _ => GuestState.Blocked,
                },
                host: host)),
        ],
        A.Guest());
}
