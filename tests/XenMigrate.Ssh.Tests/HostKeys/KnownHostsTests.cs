namespace XenMigrate.Ssh.Tests;

public class KnownHostsTests
{
    private static readonly string s_fixture = File.ReadAllText(Path.Combine("Fixtures", "known_hosts"));

    [Theory]
    [InlineData("plain.example.org")]
    [InlineData("192.0.2.7")]
    [InlineData("xen1.example.org")]
    [InlineData("XEN1.example.org")]
    [InlineData("any.lab.example.org")]
    public void Plain_hashed_and_wildcard_names_are_known(string name) =>
        Assert.Equal(HostKeyVerdictKind.Known, Evaluate(name, Keys.A).Kind);

    [Theory]
    [InlineData("nobody.example.org")]
    [InlineData("bad.lab.example.org")]
    [InlineData("plain.example.org.evil.example")]
    [InlineData("[plain.example.org]:2222")]
    [InlineData("ported.example.org")]
    [InlineData("[xen1.example.org]:22")]
    [InlineData("garbage.example.org")]
    public void Other_names_and_ports_are_unknown(string name) =>
        Assert.Equal(new HostKeyVerdict(HostKeyVerdictKind.Unknown), Evaluate(name, Keys.A));

    [Fact]
    public void Another_key_of_the_same_type_is_a_change()
    {
        HostKeyVerdict verdict = Evaluate("[ported.example.org]:2222", Keys.A);

        Assert.Equal(HostKeyVerdictKind.Rejected, verdict.Kind);
        Assert.Contains("another key", verdict.Reason);
    }

    [Fact]
    public void A_key_of_a_type_the_host_is_not_known_by_is_a_change()
    {
        HostKeyVerdict verdict = Evaluate("rsa.example.org", Keys.A);

        Assert.Equal(HostKeyVerdictKind.Rejected, verdict.Kind);
        Assert.Contains("ssh-rsa", verdict.Reason);
    }

    [Theory]
    [InlineData("[ported.example.org]:2222")]
    [InlineData("[xen1.example.org]:2222")]
    [InlineData("nobody.example.org")]
    public void A_revoked_key_is_rejected_whether_it_is_known_or_not(string name)
    {
        HostKeyVerdict verdict = Evaluate(name, Keys.Revoked);

        Assert.Equal(HostKeyVerdictKind.Rejected, verdict.Kind);
        Assert.Contains("revoked", verdict.Reason);
    }

    [Fact]
    public void A_host_with_only_an_authority_is_unknown_and_it_is_said_why()
    {
        HostKeyVerdict verdict = Evaluate("xen.ca.example.org", Keys.Ecdsa);

        Assert.Equal(HostKeyVerdictKind.Unknown, verdict.Kind);
        Assert.Contains("@cert-authority", verdict.Reason);
    }

    [Fact]
    public void The_types_a_host_is_known_by_are_listed() =>
        Assert.Equal(
            ["ssh-ed25519", "ecdsa-sha2-nistp256"],
            new KnownHosts([s_fixture], "plain.example.org").KeyTypes);

    [Fact]
    public void Several_files_count_as_one() =>
        Assert.Equal(
            HostKeyVerdictKind.Known, new KnownHosts(["", s_fixture], "plain.example.org").Evaluate(Keys.A).Kind);

    [Fact]
    public void A_hidden_name_is_found_again_and_no_other() =>
        Gen.String[Gen.Char['!', '~'], 1, 40].Sample(name =>
        {
            HashedHostName hidden = HashedHostName.Parse(HashedHostName.Hide(name.ToLowerInvariant()).ToString())!;
            Assert.True(hidden.IsFor(name));
            Assert.False(hidden.IsFor(name + "x"));
        });

    [Fact]
    public void No_text_makes_the_parser_fail() =>
        Gen.String.Sample(text => new KnownHosts([text, "|1|" + text, "@" + text], "a").Evaluate(Keys.A));

    private static HostKeyVerdict Evaluate(string name, HostKey key) => new KnownHosts([s_fixture], name).Evaluate(key);
}
