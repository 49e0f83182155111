namespace XenMigrate.Tests;

public class GuestTests
{
    [Fact]
    public void Guests_order_by_name_then_by_host_whatever_the_case() => Assert.Equal(
        ["DB@a", "db@b", "Web@a"],
        new[] { A.Guest("Web", host: "a"), A.Guest("db", host: "b"), A.Guest("DB", host: "a") }
            .Order().Select(guest => $"{guest.Name}@{guest.ComputerName}"));

    [Fact]
    public void Comparing_any_two_guests_is_consistent() =>
        Gen.Select(Guests, Guests, Guests).Sample((a, b, c) =>
            Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a))
            && (!(a <= b && b <= c) || a <= c)
            && (a < b) == (b > a)
            && (a <= b) == !(a > b)
            && (a >= b) == !(a < b));

    [Fact]
    public void Nothing_comes_before_everything()
    {
        Guest? none = null;

        Assert.True(none < A.Guest());
        Assert.True(A.Guest() > none);
        Assert.True(none <= null);
        Assert.Equal(1, A.Guest().CompareTo(null));
    }

    [Fact]
    public void A_guest_compares_with_guests_only() =>
        Assert.Throws<ArgumentException>(() => ((IComparable)A.Guest()).CompareTo("web"));

    private static Gen<Guest> Guests { get; } =
        Gen.Select(Gen.OneOf("a", "A", "b", "web"), Gen.OneOf("x", "X", "y")).Select((name, host) => A.Guest(name, host: host));
}
