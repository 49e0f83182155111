namespace XenMigrate.Tests;

public class RelocationAccessTests
{
    [Theory]
    [InlineData(@"^10\.0\.0\.7$ ^b$", "10.0.0.7", true, @"^10\.0\.0\.7$")]
    [InlineData(@"^10\.0\.0\.7$ ^b$", "10.0.0.70", false, null)]
    [InlineData("10.0.0.1", "10.0.0.199", true, "10.0.0.1")]
    [InlineData("", "anybody", true, null)]
    [InlineData("^a$ ", "anybody", true, "")]
    [InlineData("( ^b$", "b", false, null)]
    public void A_peer_is_admitted_by_a_pattern_or_not(string allow, string peer, bool admitted, string? pattern)
    {
        RelocationAccess access = new(peer, "a", new HostsAllow(allow), server: true);

        Assert.Equal((admitted, pattern), (access.Admitted, access.Pattern));
        Assert.NotEmpty(access.Reason);
    }

    [Fact]
    public void Without_a_server_nobody_is_admitted() =>
        Assert.False(new RelocationAccess("b", "a", new HostsAllow(""), server: false).Admitted);

    [Fact]
    public void An_exact_pattern_fits_its_host_and_no_other()
    {
        Gen<string> names = Gen.Char["abz019.-_:"].Array[1, 12].Select(chars => new string(chars));

        Gen.Select(names, names).Sample((one, other) =>
        {
            Assert.True(RelocationPattern.IsHost(one));
            HostsAllow allow = new(RelocationPattern.Exact(one));
            Assert.Equal(one == other, allow.Admits(other, other));
            Assert.True(allow.Admits(one, "203.0.113.9"));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a*")]
    [InlineData("^a$")]
    public void A_pattern_is_no_host(string text) => Assert.False(RelocationPattern.IsHost(text));
}
