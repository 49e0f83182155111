namespace XenMigrate.Tests;

public class HostsAllowTests
{
    [Theory]
    [InlineData("", "x.example.com", "10.0.0.9", true)]
    [InlineData(@"^localhost$ ^localhost\.localdomain$", "localhost", "127.0.0.1", true)]
    [InlineData(@"^localhost$ ^localhost\.localdomain$", "x.example.com", "10.0.0.9", false)]
    // Either of name and address is enough.
    [InlineData(@"^10\.0\.0\.8$", "et-virt08.example.com", "10.0.0.8", true)]
    // Nothing ends the pattern.
    [InlineData(@"^10\.0\.0\.1", "10.0.0.17", "10.0.0.17", true)]
    // The beginning counts, with or without ^.
    [InlineData(@"10\.0\.0\.1$", "10.0.0.1", "10.0.0.1", true)]
    [InlineData(@"0\.0\.1$", "10.0.0.1", "10.0.0.1", false)]
    // An empty pattern between two spaces.
    [InlineData("^a$  ^b$", "c", "10.0.0.9", true)]
    [InlineData("^a$ ", "c", "10.0.0.9", true)]
    // A dot is any character.
    [InlineData("^10.0.0.1$", "100001", "10x0y0z1", true)]
    // A tab separates nothing.
    [InlineData("^a$\t^b$", "b", "10.0.0.9", false)]
    // What a lost dot makes of a pattern: a word boundary.
    [InlineData(@"^foo\bar$", "foo.bar", "10.0.0.9", false)]
    public void Names_and_addresses_are_matched_as_xend_does(string value, string fqdn, string address, bool admits) =>
        Assert.Equal(admits, new HostsAllow(value).Admits(fqdn, address));

    [Fact]
    public void The_first_pattern_that_matches_is_named() => Assert.Equal(
        "^b", new HostsAllow("^a ^b ^b$").FirstMatch("b", "10.0.0.9")?.Text);

    [Fact]
    public void One_broken_pattern_closes_the_server_for_all()
    {
        HostsAllow allow = new("^a$ ^(b");

        Assert.True(allow.IsBroken);
        Assert.False(allow.Admits("a", "10.0.0.9"));
    }

    [Theory]
    [InlineData("(?P<n>a)(?P=n)$", "aa", true)]
    [InlineData("^a{,2}$", "aa", true)]
    [InlineData("^a{,2}$", "aaa", false)]
    [InlineData(@"^\d+$", "12", true)]
    [InlineData(@"^\d+$", "١٢", false)]
    [InlineData(@"^[\w-]+\Z", "et-virt08", true)]
    [InlineData("^[[a]b$", "[b", true)]
    [InlineData("^[a-z-[b]c$", "[c", true)]
    [InlineData("^[]a]$", "]", true)]
    [InlineData("^[^]a]$", "b", true)]
    [InlineData(@"^\h$", "h", true)]
    public void Patterns_mean_what_they_mean_in_python(string pattern, string name, bool matches) =>
        Assert.Equal(matches, new HostsAllowPattern(pattern).Matches(name));

    [Fact(Timeout = 300_000)]
    public Task A_pattern_that_takes_for_ever_is_given_up() => Task.Run(() =>
        Assert.False(new HostsAllow("^(a+)+$").Admits(new string('a', 60) + "!", "10.0.0.9")));

    [Fact]
    public void No_value_breaks_the_matching() => Gen.Select(Gen.String[0, 30], Gen.String[0, 10]).Sample(
        (value, name) => _ = (new HostsAllow(value).Admits(name, "10.0.0.1"), HostsAllowLint.Examine(new HostsAllow(value))), iter: Depth.Of(onCI: 20_000, elsewhere: 4_000));
}
